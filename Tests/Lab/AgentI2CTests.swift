import Glibc
import Mesh
import Processes
import TestSupport
import Testing

@Suite("An agent with bars on a PCA9685, which the kernel's i2c-stub stands in for", .inLab)
struct AgentI2CTests {
    /// The counts of 4096 for which a channel is high.
    ///
    /// - Source: NXP, PCA9685, Rev. 4, table 7: LEDn_ON_L is 6 + 4n; bit 4 of the high bytes is full on and full off.
    private static func high(_ channel: UInt8, of chip: Int32 = 0x40) throws -> Int {
        let bytes = try (0..<4).map { Int(try SMBus(address: chip).byte(6 + 4 * channel + UInt8($0))) }
        if bytes[3] & 0x10 != 0 { return 0 }
        if bytes[1] & 0x10 != 0 { return 4096 }
        let (on, off) = (bytes[0] + 256 * (bytes[1] & 0x0f), bytes[2] + 256 * (bytes[3] & 0x0f))
        return (off - on + 4096) % 4096
    }

    @Test func `motion lights bars on two boards, each on its channels; then they go dark`() async throws {
        let chip = try SimulatedChip()
        let hardware = """
            bars:
              - {name: low, channels: white, output: {driver: pca9685, bus: /dev/i2c-0, channel: 3}}
              - {name: pair, channels: warm-cold, output: {driver: pca9685, bus: /dev/i2c-0, channels: [8, 9]}}
              - {name: high, channels: white, output: {driver: pca9685, bus: /dev/i2c-0, address: 0x41, channel: 0}}
            sensors:
              - {name: pir, input: {driver: gpio, chip: \(chip.name), line: 3}}

            """
        let zone = """
            bars: [lab/low, lab/pair, lab/high]
            sensors: {lab/pir: first}
            hold: 5s
            look: {brightness: 100%, colour: 2700K, easeIn: 0s, easeOut: 0s}
            """
        try await LabNode.with(hardware, zone: zone) { node in
            try await node.health("bar/low") { $0.healthy }
            try chip.pull(3, true)
            try await eventually(within: .seconds(5), "all are lit") {
                try Self.high(3) == 4096 && Self.high(8) > 1000 && Self.high(0, of: 0x41) == 4096
            }
            // - Source: 7.3.5: 25 MHz / 4096 / 1526 Hz, rounded, less one; table 5: awake, registers follow one another.
            #expect(try SMBus(address: 0x40).byte(0xfe) == 3)
            #expect(try SMBus(address: 0x40).byte(0) == 0x20)
            try chip.pull(3, false)
            try await eventually(within: .seconds(15), "all is dark") {
                try Self.high(3) == 0 && Self.high(8) == 0 && Self.high(9) == 0 && Self.high(0, of: 0x41) == 0
            }
        }
    }
}
