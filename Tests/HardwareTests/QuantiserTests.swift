import Hardware
import Lighting
import Testing

@Suite("Sixteen bits on hardware with fewer")
struct QuantiserTests {
    /// The mean of many frames' values.
    static func mean(_ quantiser: inout Quantiser, _ drive: UInt16, isAtRest: Bool, frames: Int = 4096) -> Double {
        (0..<frames).reduce(0) { sum, _ in sum + Double(quantiser.value(drive, at: 0, isAtRest: isAtRest)) }
            / Double(frames)
    }

    @Test(arguments: ChannelSet.allCases, [true, false])
    func `brightness rises with every percentage from 1 % on, in every channel set, on 8 bits, moving and at rest`(
        _ set: ChannelSet, _ isAtRest: Bool
    ) {
        for kelvin in [1800.0, 2700, 3400, 4000, 5000, 6500] {
            let colour = Colour.temperature(Kelvin(clamping: kelvin))
            var mixer = ChannelMixer(set)
            var quantisers = mixer.emitters.map { _ in
                Quantiser(steps: 255, pixels: 1, channels: 1, dithering: .overTime)
            }
            var before = 0.0
            for percentage in 1...100 {
                let drive = mixer.drive(Light(lightness: Lightness(Double(percentage) / 100), colour: colour))
                var luminance = 0.0
                for channel in drive.indices {
                    luminance +=
                        Self.mean(&quantisers[channel], drive[channel], isAtRest: isAtRest, frames: 1024)
                        * mixer.emitters[channel].lumens
                }
                #expect(luminance > before, "\(percentage) % of \(set) at \(kelvin) K")
                before = luminance
            }
        }
    }

    @Test(arguments: [UInt16(1), 73, 300, 8000, 65000, 65535])
    func `the mean over time is the drive, to a thousandth of a step`(_ drive: UInt16) {
        var quantiser = Quantiser(steps: 255, pixels: 1, channels: 1, dithering: .overTime)
        let mean = Self.mean(&quantiser, drive, isAtRest: false)
        #expect(abs(mean - Double(drive) / 65535 * 255) < 0.001)
    }

    @Test
    func `off is off and full is full, always`() {
        var quantiser = Quantiser(steps: 255, pixels: 3, channels: 4, dithering: .overTime)
        for index in 0..<12 {
            for _ in 0..<100 {
                #expect(quantiser.value(0, at: index, isAtRest: false) == 0)
                #expect(quantiser.value(65535, at: index, isAtRest: false) == 255)
            }
        }
        #expect(!quantiser.wantsMore)
    }

    @Test
    func `at rest only what would be seen is dithered, and only that wants more frames`() {
        var quantiser = Quantiser(steps: 255, pixels: 1, channels: 1, dithering: .overTime)
        quantiser.begin()
        let bright = Set((0..<100).map { _ in quantiser.value(30000, at: 0, isAtRest: true) })
        #expect(bright == [117])
        #expect(!quantiser.wantsMore)
        let dim = Set((0..<100).map { _ in quantiser.value(100, at: 0, isAtRest: true) })
        #expect(dim == [0, 1])
        #expect(quantiser.wantsMore)
        quantiser.begin()
        #expect(!quantiser.wantsMore)
    }

    @Test
    func `over space, a strip as a whole has the mean from frame to frame, and a dim bar is never dark`() {
        var quantiser = Quantiser(steps: 255, pixels: 100, channels: 3, dithering: .overSpace)
        for drive in [UInt16(1), 73, 128, 200, 1000] {
            let values = (0..<100).map { quantiser.value(drive, at: $0 * 3, isAtRest: true) }
            #expect(values == (0..<100).map { quantiser.value(drive, at: $0 * 3, isAtRest: true) })
            #expect(values.reduce(0, +) > 0)
            let mean = Double(values.reduce(0, +)) / 100
            #expect(abs(mean - Double(drive) / 257) < 0.02, "\(drive)")
        }
    }

    @Test
    func `hardware with 16 bits and more needs none of it`() {
        var quantiser = Quantiser(steps: 333_333, pixels: 1, channels: 1, dithering: .overTime)
        quantiser.begin()
        #expect(quantiser.value(32768, at: 0, isAtRest: false) == 166_669)
        #expect(!quantiser.wantsMore)
    }
}
