import Testing

@testable import Lighting

@Suite("Light never jumps but where asked")
struct FaderTests {
    let lit = Light(lightness: Lightness(0.6), colour: .warmWhite)
    let dark = Light.dark(.warmWhite)

    func cue(_ start: Double, to target: Light, ease: Duration = .milliseconds(400)) -> Cue {
        Cue(
            at: at(start), target: target, from: target.lightness > .dark ? dark : lit, ease: ease, curve: .smooth,
            reason: .motion(at(start)))
    }

    @Test
    func `it comes within its ease, monotonically, and rests`() {
        var fader = Fader()
        fader.follow(cue(-100, to: dark), at: at(-1))
        fader.follow(cue(0, to: lit), at: at(0))
        var last = -1.0
        for step in 0...40 {
            let value = fader.light(at: at(Double(step) / 100)).lightness.value
            #expect(value >= last)
            last = value
        }
        #expect(last == 0.6)
        #expect(fader.restsAt == at(0.4))
    }

    @Test(arguments: [0.1, 0.5, 1.0, 1.4])
    func `lit again while fading, it rises from where it is`(_ instant: Double) {
        var fader = Fader()
        fader.follow(cue(-10, to: lit), at: at(-10))
        fader.follow(cue(0, to: dark, ease: .milliseconds(1500)), at: at(0))
        let before = fader.light(at: at(instant)).lightness.value
        fader.follow(cue(instant, to: lit), at: at(instant))
        #expect(abs(fader.light(at: at(instant)).lightness.value - before) < 1e-9)
        #expect(fader.light(at: at(instant + 0.4)).lightness.value == 0.6)
        for step in 0...40 {
            #expect(fader.light(at: at(instant + Double(step) / 100)).lightness.value >= before - 1e-9)
        }
    }

    @Test(arguments: [
        0.01, 0.1, 0.19, 0.39, 0.4, 3.0,
    ])
    func `a cue heard of late is caught up with, without a jump, by the time the others are there`(_ delay: Double) {
        var fader = Fader()
        fader.follow(cue(-100, to: dark), at: at(-1))
        fader.follow(cue(0, to: lit), at: at(delay))
        #expect(fader.light(at: at(delay)).lightness == .dark)
        var last = 0.0
        for step in 1...600 {
            let value = fader.light(at: at(delay + Double(step) / 1000)).lightness.value
            #expect(value - last < 0.02, "steps of a millisecond")
            last = value
        }
        #expect(fader.restsAt == max(at(0.4), at(delay > 0.2 ? delay + 0.2 : 0.4)))
    }

    @Test
    func `who has only just begun is at once as lit as the others`() {
        var fader = Fader()
        fader.follow(cue(-100, to: dark), at: at(-1), fresh: true)
        fader.follow(cue(0, to: lit), at: at(0.2), fresh: true)
        #expect(abs(fader.light(at: at(0.2)).lightness.value - 0.3) < 1e-9)
        #expect(fader.light(at: at(0.4)).lightness.value == 0.6)
    }

    @Test
    func `an ease of zero is a jump, as asked`() {
        var fader = Fader()
        fader.follow(cue(-100, to: dark), at: at(-1))
        fader.follow(cue(0, to: lit, ease: .zero), at: at(0))
        #expect(fader.light(at: at(0)).lightness.value == 0.6)
    }

    @Test(arguments: 0..<50)
    func `a thousand random changes: never a step larger than the slope of the fastest ease`(_ seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        var fader = Fader()
        fader.follow(cue(-100, to: dark), at: at(-1))
        var last = 0.0
        for step in 0..<2000 {
            let now = Double(step) / 100
            if Int.random(in: 0..<20, using: &generator) == 0 {
                let lateness = Double.random(in: 0...0.6, using: &generator)
                let brightness = Lightness(Double.random(in: 0...1, using: &generator))
                let target = Light(lightness: Bool.random(using: &generator) ? brightness : .dark, colour: .warmWhite)
                fader.follow(cue(now - lateness, to: target), at: at(now))
            }
            let value = fader.light(at: at(now)).lightness.value
            // smoothstep over 200 ms at most: 1.5 / 0.2 s, and as much again for what is caught up with.
            #expect(abs(value - last) <= 0.16, "seed \(seed) at \(now)")
            last = value
        }
    }
}
