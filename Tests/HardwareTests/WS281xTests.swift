import Hardware
import Lighting
import TestSupport
import Testing

@Suite("WS281x strips by SPI: what the data sheets' pulses say is what was asked for")
struct WS281xTests {
    /// The clock that a bus really has which can only have even parts of its own.
    static func clocks(of hertz: Int) -> [Double] {
        [Double(hertz)]
            + [250e6, 400e6, 500e6].map { core in
                let divider = (core / Double(hertz)).rounded(.up)
                return core / (divider + divider.truncatingRemainder(dividingBy: 2))
            }
    }

    @Test(arguments: [
        (WS281xChip.ws2812b, PulseDecoder.ws2812b), (.ws2812b, PulseDecoder.ws2812bV5),
        (.sk6812, PulseDecoder.sk6812),
    ])
    func `every byte value is read as itself, at every clock that a Raspberry Pi has for it`(
        _ chip: WS281xChip, _ sheet: PulseDecoder.DataSheet
    ) throws {
        let values = (0..<258).map { UInt8(truncatingIfNeeded: $0) }
        var encoder = WS281xEncoder(chip, count: 86, bytesPerLED: 3)
        let strip = strip(86, "RGB", of: .rgb, values)
        #expect(encoder.encode(strip, isAtRest: false) == false)
        for hertz in Self.clocks(of: chip.hertz) {
            #expect(try PulseDecoder.bytes(of: encoder.bytes, hertz: hertz, sheet) == values, "\(hertz) Hz")
        }
    }

    @Test
    func `bytes come in the order asked for, with and without white`() throws {
        var rgb = WS281xEncoder(.ws2812b, count: 2, bytesPerLED: 3)
        _ = rgb.encode(strip(2, "GRB", of: .rgb, [1, 2, 3, 4, 5, 6]), isAtRest: true)
        #expect(
            try PulseDecoder.bytes(of: rgb.bytes, hertz: 2_800_000, PulseDecoder.ws2812b) == [2, 1, 3, 5, 4, 6])
        var rgbw = WS281xEncoder(.sk6812, count: 1, bytesPerLED: 4)
        _ = rgbw.encode(strip(1, "GRBW", of: .rgbw, [1, 2, 3, 4]), isAtRest: true)
        #expect(try PulseDecoder.bytes(of: rgbw.bytes, hertz: 3_300_000, PulseDecoder.sk6812) == [2, 1, 3, 4])
        // A WS2811 with a warm and a cold white on two of its three outputs.
        var whites = WS281xEncoder(.ws2812b, count: 1, bytesPerLED: 3)
        _ = whites.encode(strip(1, "-CW", of: .warmCold, [10, 20]), isAtRest: true)
        #expect(try PulseDecoder.bytes(of: whites.bytes, hertz: 2_800_000, PulseDecoder.ws2812b) == [0, 20, 10])
    }

    @Test
    func `the line is low before the first bit`() {
        let encoder = WS281xEncoder(.ws2812b, count: 1, bytesPerLED: 3)
        #expect(encoder.bytes[0] == 0)
    }

    @Test
    func `bars share a strip; one begins at its far end, one is of groups of three; one transfer shows all`() throws {
        let segments = [
            StripSegment(first: 0, count: 2), StripSegment(first: 2, count: 3, isReversed: true),
            StripSegment(first: 6, count: 5, group: 3),
        ]
        let bus = Recorder()
        let output = StripOutput(
            Strip(segments, order: order("W", of: .white)),
            encoder: WS281xEncoder(.ws2812b, count: 11, bytesPerLED: 1), bus: bus)
        func frame(_ values: [UInt8]) -> Frame { Frame(channels: values.map { UInt16($0) * 257 }, lightness: .full) }
        output.set(frame([7]), of: 0)
        output.set(frame([1, 2, 3]), of: 1)
        output.set(frame([8, 9]), of: 2)
        #expect(try output.present(isAtRest: true) == .seconds(10))
        #expect(bus.sent.count == 1)
        let shown = try PulseDecoder.bytes(of: bus.sent[0], hertz: 2_800_000, PulseDecoder.ws2812b)
        #expect(shown == [7, 7, 3, 2, 1, 0, 8, 8, 8, 9, 9])
    }

    @Test
    func `a current above the limit dims all bars alike, down to the limit`() throws {
        // 10 LEDs at 3 × 20 mA and 1 mA each: 610 mA.
        let full = strip(10, "RGB", of: .rgb, [UInt8](repeating: 255, count: 30))
        #expect(full.milliamperes == 610)
        #expect(full.dimming == 1)
        var values = [UInt8](repeating: 200, count: 15) + [UInt8](repeating: 100, count: 15)
        values[0] = 0
        let limited = strip(10, "RGB", of: .rgb, limit: 130, values)
        var encoder = WS281xEncoder(.ws2812b, count: 10, bytesPerLED: 3)
        var sums = [Int](repeating: 0, count: 30)
        for _ in 0..<1000 {
            _ = encoder.encode(limited, isAtRest: false)
            let shown = try PulseDecoder.bytes(of: encoder.bytes, hertz: 2_800_000, PulseDecoder.ws2812b)
            for index in shown.indices { sums[index] += Int(shown[index]) }
        }
        let mean = sums.map { Double($0) / 1000 }
        #expect(mean[0] == 0)
        let light: Double = mean.reduce(0, +)
        let milliamperes = light / 255 * 20 + 10
        #expect(abs(milliamperes - 130) < 0.5)
        #expect(abs(mean[1] / mean[20] - 2) < 0.01)
        // Where not even dark LEDs fit, nothing lights.
        #expect(strip(1000, "RGB", of: .rgb, limit: 500, [9, 9, 9]).dimming == 0)
    }

    @Test
    func `what can't be sent is an error, and the next frame is tried all the same`() throws {
        let bus = Recorder()
        let output = StripOutput(
            Strip([StripSegment(count: 1)], order: order("W", of: .white)),
            encoder: WS281xEncoder(.ws2812b, count: 1, bytesPerLED: 1), bus: bus)
        bus.failure = HardwareError(.unavailable, "gone")
        #expect(throws: HardwareError(.unavailable, "gone")) { try output.present(isAtRest: true) }
        bus.failure = nil
        #expect(try output.present(isAtRest: true) > .zero)
        #expect(bus.sent.count == 1)
    }

    @Test
    func `an SPI bus that isn't there, or is none, is told with what to do`() throws {
        let missing = SPIDevice(path: "/dev/spidev-none", hertz: 1_000_000, isDivisible: false)
        let error = #expect(throws: HardwareError.self) { try missing.send([0]) }
        #expect(error?.code == .unavailable)
        #expect(error?.description.contains("dtparam=spi=on") == true)
        let other = SPIDevice(path: "/dev/null", hertz: 1_000_000, isDivisible: false)
        #expect(
            throws: HardwareError(
                .unsuitable, "/dev/null is no SPI bus, or none that can do 1000000 Hz; name a /dev/spidevB.C")
        ) { try other.send([0]) }
    }
}
