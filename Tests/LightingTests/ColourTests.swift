import Lighting
import Testing

@Suite("Colours and brightness are what the standards say")
struct ColourTests {
    @Test(arguments: [
        (0.0, 0.0), (0.08, 0.008856), (0.5, 0.184187), (0.6, 0.281233), (1.0, 1.0),
    ])
    func `lightness to luminance is CIE L*`(_ lightness: Double, _ luminance: Double) {
        #expect(abs(Lightness(lightness).luminance - luminance) < 1e-5)
    }

    @Test(arguments: ChannelSet.allCases, [1800.0, 2200, 2700, 3400, 4000, 5000, 6500])
    func `every percentage gives more light than the one before, in every channel set, at every temperature`(
        _ set: ChannelSet, _ kelvin: Double
    ) {
        var mixer = ChannelMixer(set)
        let lumens = (0...100).map { percentage in
            let light = Light(
                lightness: Lightness(Double(percentage) / 100), colour: .temperature(Kelvin(clamping: kelvin)))
            return zip(mixer.drive(light), mixer.emitters).reduce(0) { $0 + Double($1.0) * $1.1.lumens }
        }
        #expect(lumens[0] == 0)
        for percentage in 1...100 {
            #expect(lumens[percentage] > lumens[percentage - 1], "\(percentage) %")
        }
    }

    @Test
    func `what is no lightness is the nearest that is one`() {
        #expect(Lightness(.nan) == .dark)
        #expect(Lightness(-1) == .dark)
        #expect(Lightness(.infinity) == .full)
    }

    @Test(arguments: ["2700K", "#ff8800", "#000000"])
    func `colours are read and written as people write them`(_ text: String) throws {
        #expect(try #require(Colour(text: text)).text == text)
    }

    @Test(arguments: ["1700K", "7000K", "#ff88", "#gg0000", "K", "2700", "warmish", "#+12345"])
    func `what is no colour is none`(_ text: String) { #expect(Colour(text: text) == nil) }

    @Test
    func `between two temperatures lies the middle on the mired scale`() {
        let middle = Colour.between(
            .temperature(Kelvin(clamping: 2000)), .temperature(Kelvin(clamping: 6000)), at: 0.5)
        #expect(middle == .temperature(Kelvin(clamping: 3000)))
    }

    @Test(arguments: EasingCurve.allCases)
    func `every easing curve begins at 0, ends at 1 and never turns back`(_ curve: EasingCurve) {
        #expect(curve(0) == 0)
        #expect(curve(1) == 1)
        #expect(curve(-1) == 0)
        #expect(curve(2) == 1)
        let values = (0...1000).map { curve(Double($0) / 1000) }
        #expect(values == values.sorted())
    }
}
