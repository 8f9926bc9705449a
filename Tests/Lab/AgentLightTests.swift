import Glibc
import Hardware
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("An agent with a light sensor of the kernel's", .inLab)
struct AgentLightTests {
    private static let bus = "/sys/bus/i2c/devices/i2c-0"
    /// - Source: Linux, drivers/iio/light/al3320a.c: the count is the word at 0x22.
    private static let count: UInt8 = 0x22

    /// Sets what the sensor counts.
    private static func set(_ count: UInt16) throws { try SMBus(address: 0x1c).set(Self.count, count) }

    @Test
    func `by day motion lights nothing, in the dark it does; a sensor that goes is told, and light then comes on`()
        async throws
    {
        try SystemFile.write("al3320a 0x1c", to: "\(Self.bus)/new_device")
        defer { try? SystemFile.write("0x1c", to: "\(Self.bus)/delete_device") }
        try Self.set(20_000)
        let chip = try SimulatedChip()
        let hardware = """
            bars: [{name: bar, channels: white, output: {driver: trace, path: FOLDER/bar.jsonl}}]
            sensors: [{name: pir, input: {driver: gpio, chip: \(chip.name), line: 3}}]
            lightSensors: [{name: window, input: {driver: iio, device: al3320a}}]

            """
        let zone = """
            bars: [lab]
            sensors: {lab/pir: first}
            hold: 5s
            look: {easeIn: 0s, easeOut: 0s}
            onlyWhenDark: {sensor: lab/window, below: 10lx}
            """
        try await LabNode.with(hardware, zone: zone) { node in
            let bright = try await node.health("light/window") { $0.healthy && $0.value > 0 }
            #expect(bright.value == (try LightSensors.look(at: "al3320a")))
            #expect(bright.value > 500 && bright.unit == "lx")
            let before = try node.frames().count
            let registers = try await node.client.messages([
                Topic.sensor(node: LabNode.name, sensor: "pir").name(site: LabNode.site)
            ])
            try chip.pull(3, true)
            try await withDeadline(.seconds(10), "the motion is told") {
                for try await message in registers where !message.retained {
                    if String(decoding: message.payload, as: UTF8.self).contains("\"motion\":true") { return }
                }
            }
            try chip.pull(3, false)
            // Whoever wanted light would have had it by now: the frame is written before the register is told.
            #expect(try node.frames()[before...].allSatisfy(\.isDark))

            try Self.set(4)
            try await node.health("light/window") { $0.value < 10 }
            try chip.pull(3, true)
            let lit = try await node.frame(isDark: false)
            try chip.pull(3, false)
            let dark = try await node.frame(isDark: true, after: lit.t)

            try SystemFile.write("0x1c", to: "\(Self.bus)/delete_device")
            let gone = try await node.health("light/window") { !$0.healthy }
            #expect(gone.detail?.contains("IIO device al3320a isn't there") == true, "\(gone.detail ?? "")")
            try chip.pull(3, true)
            try await node.frame(isDark: false, after: dark.t)
            try SystemFile.write("al3320a 0x1c", to: "\(Self.bus)/new_device")
            try await node.health("light/window") { $0.healthy }
        }
    }
}
