import Hardware
import Lighting
import TestSupport
import Testing

@Suite("APA102 strips: what the data sheet's frames say is what was asked for")
struct APA102Tests {
    /// What the LEDs read of one transfer.
    static func decode(_ bytes: [UInt8], count: Int) throws -> [APA102Decoder.LED] {
        let transfers = try APA102Decoder.transfers(bytes)
        try #require(transfers.map(\.count) == [count])
        return transfers[0]
    }

    /// The mean light of red, green and blue of each LED, 0…1, over many frames.
    static func mean(_ strip: Strip, frames: Int = 400) throws -> [Double] {
        var encoder = APA102Encoder(count: strip.count)
        var sums = [Double](repeating: 0, count: strip.count * 3)
        for _ in 0..<frames {
            _ = encoder.encode(strip, isAtRest: false)
            for (index, led) in try decode(encoder.bytes, count: strip.count).enumerated() {
                for (channel, light) in led.light.enumerated() { sums[index * 3 + channel] += light }
            }
        }
        return sums.map { $0 / Double(frames) }
    }

    @Test
    func `light is what was asked for, from the dimmest to the brightest`() throws {
        for drive in [UInt16(1), 5, 50, 500, 2113, 2115, 5000, 20000, 65535] {
            var strip = Strip([StripSegment(count: 1)], order: order("BGR", of: .rgb))
            strip.set(Frame(channels: [drive, drive / 2, 0], lightness: .full), of: 0)
            let mean = try Self.mean(strip, frames: 2000)
            #expect(abs(mean[0] - Double(drive) / 65535) < 0.00001)
            #expect(abs(mean[1] - Double(drive / 2) / 65535) < 0.00001)
            #expect(mean[2] == 0)
        }
    }

    @Test
    func `the global brightness is as low as the brightest channel allows: dim light has 31 times as fine steps`()
        throws
    {
        var encoder = APA102Encoder(count: 2)
        let strip = strip(2, "BGR", of: .rgb, [255, 0, 0, 8, 4, 0])
        _ = encoder.encode(strip, isAtRest: true)
        let leds = try Self.decode(encoder.bytes, count: 2)
        #expect(leds[0] == APA102Decoder.LED(global: 31, blue: 0, green: 0, red: 255))
        #expect(leds[1] == APA102Decoder.LED(global: 1, blue: 0, green: 124, red: 248))
    }

    @Test(arguments: [1, 64, 65, 300, 1000])
    func `the end frame has an edge for every LED, and lights none`(_ count: Int) throws {
        let encoder = APA102Encoder(count: count)
        let end = encoder.bytes.dropFirst(4 + 4 * count)
        #expect(end.count >= 4)
        #expect(end.count * 8 - 32 >= (count + 1) / 2)
        #expect(end.allSatisfy { $0 == 0 })
    }
}
