import Testing

@testable import Lighting

@Suite("An inner wave: a pixel shows what its bar showed a while ago")
struct TrailTests {
    static let start = MeshInstant(nanoseconds: 1_000_000_000_000)

    /// A bar that follows cues, with its trail.
    struct Bar {
        var fader = Fader()
        var trail = Trail()

        mutating func follow(_ target: Double, at seconds: Double, along: Double, isReversed: Bool = false) {
            let at = TrailTests.instant(seconds)
            let cue = Cue(
                at: at, target: Light(lightness: Lightness(target), colour: .warmWhite), from: .dark(.warmWhite),
                ease: .seconds(1), curve: .linear, reason: .manual, along: .seconds(along), isReversed: isReversed)
            trail.follow(cue, after: fader, at: at, fresh: false)
            fader.follow(cue, at: at)
        }

        func lightness(_ seconds: Double, _ place: Double) -> Double {
            trail.light(at: TrailTests.instant(seconds), place: place, fader: fader).lightness.value
        }
    }

    static func instant(_ seconds: Double) -> MeshInstant { start + .seconds(seconds) }

    @Test(arguments: [false, true])
    func `light runs from the first pixel to the last, or from the last to the first`(_ isReversed: Bool) {
        var bar = Bar()
        bar.follow(1, at: 0, along: 0.4, isReversed: isReversed)
        for (seconds, place) in [(0.2, 0.0), (0.2, 0.5), (0.5, 0.5), (0.5, 1.0), (1.0, 0.0), (1.2, 1.0), (1.5, 1.0)] {
            let seen = isReversed ? 1 - place : place
            #expect(abs(bar.lightness(seconds, seen) - min(max(seconds - 0.4 * place, 0), 1)) < 1e-6)
        }
    }

    @Test
    func `cues that come while light still runs follow behind it, and no pixel jumps`() {
        var bar = Bar()
        let cues: [(at: Double, target: Double, reversed: Bool, along: Double)] = [
            (0, 1, false, 0.4), (0.6, 0, true, 0.4), (0.9, 1, false, 0), (1.1, 0.3, true, 0.2), (4, 0, true, 0.4),
            (4.3, 1, false, 0.4),
        ]
        var next = 0
        var before: [Double]?
        for step in 0...8000 {
            let seconds = Double(step) / 1000
            while next < cues.count, cues[next].at <= seconds {
                let cue = cues[next]
                bar.follow(cue.target, at: cue.at, along: cue.along, isReversed: cue.reversed)
                next += 1
            }
            let now = (0...10).map { bar.lightness(seconds, Double($0) / 10) }
            for (a, b) in zip(before ?? now, now) { #expect(abs(a - b) < 0.003, "\(seconds) s") }
            before = now
        }
        #expect(bar.lightness(8, 0) == 1)
        #expect(bar.lightness(8, 1) == 1)
    }

    @Test
    func `a gradient goes from the bar's colour to its far colour, and fades with the bar`() {
        let far = Colour.temperature(Kelvin(clamping: 2000))
        let lit = Light(lightness: Lightness(0.5), colour: .temperature(Kelvin(clamping: 4000)), farColour: far)
        #expect(lit.pixel(at: 0).colour == lit.colour)
        #expect(lit.pixel(at: 1).colour == far)
        #expect(lit.pixel(at: 0.5).colour == .between(lit.colour, far, at: 0.5))
        #expect(lit.pixel(at: 0.5).farColour == nil)
        let half = Light.between(.dark(.warmWhite), lit, at: 0.5)
        #expect(half.farColour == far)
        #expect(half.lightness.value == 0.25)
    }
}
