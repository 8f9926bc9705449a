import Mesh
import Processes
import TestSupport
import Testing

@Suite("The colours that an agent gives to LEDs, by their data sheets and Planck's law", .inLab)
struct AgentColourTests {
    /// How far off rounding to whole steps may be: ΔE*uv of half a step in each of three numbers of 8 bits at these
    /// temperatures and full brightness (1.0 at most), and of the locus's approximation (0.26).
    static let rounding = 1.3
    private static let i2c = "/sys/bus/i2c/devices/i2c-0"
    private static let spi = "/sys/kernel/debug/lab-spi/tx1"

    /// Red, green and blue, 0…1, of the multicolour LED as the kernel has them.
    private static func multicolour(_ name: String) throws -> [Double] {
        let folder = "/sys/class/leds/\(name)"
        let brightness = try number("\(folder)/brightness") / number("\(folder)/max_brightness")
        return try SystemFile.read("\(folder)/multi_intensity").split(separator: " ").map {
            (Double($0) ?? .nan) / 255 * brightness
        }
    }

    private static func number(_ path: String) throws -> Double { Double(try SystemFile.read(path)) ?? .nan }

    /// What the APA102s were told last.
    private static func apa102() throws -> [APA102Decoder.LED] {
        try APA102Decoder.transfers(try SystemFile.bytes(spi)).last ?? []
    }

    @Test(arguments: [4500, 6500])
    func `a WS2812B strip, an APA102 strip and a multicolour LED show the temperature asked for`(_ kelvin: Int)
        async throws
    {
        try SystemFile.write("blinkm 0x09", to: "\(Self.i2c)/new_device")
        defer { try? SystemFile.write("0x09", to: "\(Self.i2c)/delete_device") }
        let led = try #require(try LabDevicesTests.names(in: "/sys/class/leds").first { $0.contains("blinkm") })
        #expect(try SystemFile.read("/sys/class/leds/\(led)/multi_index") == "red green blue")
        for select in 0...1 { try SystemFile.write("", to: "/sys/kernel/debug/lab-spi/tx\(select)") }
        let chip = try SimulatedChip()
        let hardware = """
            bars:
              - {name: ws2812b, channels: rgb, output: {driver: ws281x, device: /dev/spidev0.0, leds: 8}}
              - {name: led, channels: rgb, output: {driver: led, name: "\(led)"}}
              - {name: apa102, channels: rgb, output: {driver: apa102, device: /dev/spidev0.1, leds: 8}}
            sensors: [{name: pir, input: {driver: gpio, chip: \(chip.name), line: 3}}]

            """
        func zone(_ bars: String, _ brightness: String) -> String {
            "bars: [\(bars)]\nsensors: {lab/pir: first}\nhold: 5s\n"
                + "look: {brightness: \(brightness), colour: \(kelvin)K, easeIn: 0s, easeOut: 0s}\n"
        }
        // Two dimmed strips' steps of 8 bits would be dithered, which no single frame shows; an APA102 has finer ones.
        let zones = [("full", zone("lab/ws2812b, lab/led", "100%")), ("dim", zone("lab/apa102", "20%"))]
        try await LabNode.with(hardware, zones: zones) { node in
            try chip.pull(3, true)
            try await eventually(within: .seconds(10), "all are lit") {
                try AgentOutputTests.strip(count: 8)?.contains { $0 > 0 } == true
                    && Self.multicolour(led).contains { $0 > 0 } && Self.apa102().contains { $0.light[0] > 0 }
            }
            try await node.health("bar/apa102") { $0.healthy }
            let strip = try #require(try AgentOutputTests.strip(count: 8))
            let chain = try Self.apa102()
            #expect(chain.count == 8 && chain.allSatisfy { $0.global == 1 }, "\(chain)")
            let full = DataSheetRGB.fullPower
            // L* of 20 is a luminance of ((20 + 16) / 116)³.
            let dim = full * 0.029891
            var shown = stride(from: 0, to: 24, by: 3).map { place in
                ("WS2812B", [1, 0, 2].map { Double(strip[place + $0]) / 255 }, full, 1.5 / 255)
            }
            shown.append(("LED class", try Self.multicolour(led), full, 1.5 / 255))
            shown += chain.map { ("APA102", $0.light, dim, 1.5 / 255 / 31) }
            var worst: [String: Double] = [:]
            for (what, drives, power, step) in shown {
                let difference = DataSheetRGB.difference(drives, from: Double(kelvin))
                worst[what] = max(worst[what] ?? 0, difference)
                #expect(difference < Self.rounding, "\(what): \(drives)")
                #expect(abs(drives.reduce(0, +) - power) < step + power * 0.001, "\(what): \(drives)")
            }
            for (what, difference) in worst.sorted(by: { $0.key < $1.key }) {
                print("lab: \(what) at \(kelvin) K: ΔE*uv \((difference * 100).rounded() / 100) from a black body")
            }
            try chip.pull(3, false)
            try await eventually(within: .seconds(10), "all are dark") {
                try AgentOutputTests.strip(count: 8)?.allSatisfy { $0 == 0 } == true
                    && Self.multicolour(led).allSatisfy { $0 == 0 }
                    && Self.apa102().allSatisfy { $0.light == [0, 0, 0] }
            }
        }
    }
}
