import Lighting
import Testing

@Suite("Manual commands win over sensors, the latest over earlier ones, and let go")
struct OverrideTests {
    let stair = "stair-03"

    func cue(_ stairs: Staircase, at seconds: Double) -> Cue { stairs.state.plan(of: stair).cue(at: at(seconds)) }

    @Test
    func `on from dark, in its own colour and brightness, and back to dark when its time is over`() {
        var stairs = Staircase()
        stairs.state.override = Override(
            mode: .on(brightness: Lightness(0.4), colour: .temperature(Kelvin(clamping: 2200))), start: at(10),
            until: at(20), ease: .seconds(2))
        #expect(cue(stairs, at: 9).target.lightness == .dark)
        #expect(
            cue(stairs, at: 10).target == Light(lightness: Lightness(0.4), colour: .temperature(Kelvin(clamping: 2200)))
        )
        #expect(cue(stairs, at: 10).ease == .seconds(2))
        #expect(cue(stairs, at: 20).target.lightness == .dark)
        #expect(cue(stairs, at: 20).at == at(20))
        #expect(stairs.state.plan(of: stair).nextChange(after: at(9)) == at(10))
        #expect(stairs.state.plan(of: stair).nextChange(after: at(10)) == at(20))
    }

    @Test
    func `off while somebody moves; auto gives the light back`() {
        var stairs = Staircase()
        stairs.rise(Staircase.bottom, at: at(0))
        stairs.state.override = Override(mode: .off, start: at(5))
        #expect(cue(stairs, at: 6).target.lightness == .dark)
        stairs.state.override = Override(mode: .auto, start: at(10))
        #expect(cue(stairs, at: 11).target.lightness == .full)
        #expect(cue(stairs, at: 11).at == at(10))
        #expect(cue(stairs, at: 11).from.lightness == .full || cue(stairs, at: 11).from.lightness == .dark)
    }

    @Test
    func `a bar's own command, then the zone's: the latest wins`() {
        var stairs = Staircase()
        stairs.state.barOverrides[stair] = Override(mode: .on(brightness: nil, colour: nil), start: at(10))
        #expect(cue(stairs, at: 11).target.lightness == .full)
        #expect(stairs.state.plan(of: "stair-04").cue(at: at(11)).target.lightness == .dark)
        stairs.state.override = Override(mode: .off, start: at(20))
        #expect(cue(stairs, at: 21).target.lightness == .dark)
        stairs.state.override = Override(mode: .auto, start: at(30))
        #expect(cue(stairs, at: 31).target.lightness == .dark)
    }

    @Test
    func `a bar's command that has ended leaves the word to the zone's`() {
        var stairs = Staircase()
        stairs.state.override = Override(mode: .on(brightness: Lightness(0.2), colour: nil), start: at(1))
        stairs.state.barOverrides[stair] = Override(mode: .off, start: at(10), until: at(20))
        #expect(cue(stairs, at: 15).target.lightness == .dark)
        #expect(cue(stairs, at: 21).target.lightness == Lightness(0.2))
        #expect(cue(stairs, at: 21).at == at(20))
    }

    @Test
    func `a command takes over from the one before at its instant, and what comes late knows both`() {
        var stairs = Staircase()
        let dim = Override(mode: .on(brightness: Lightness(0.4), colour: nil), start: at(1), until: at(10))
        stairs.state.override = Override(
            mode: .on(brightness: Lightness(0.8), colour: nil), start: at(10), before: [dim])
        #expect(cue(stairs, at: 9.99).target.lightness == Lightness(0.4))
        #expect(
            cue(stairs, at: 10).target.lightness == Lightness(0.8)
                && cue(stairs, at: 10).from.lightness == Lightness(0.4))
        #expect(stairs.state.asOneLight(at: at(9.99)).light.lightness == Lightness(0.4))
        #expect(stairs.state.plan(of: stair).nextChange(after: at(2)) == at(10))
        // What was followed by another doesn't come back at its end.
        stairs.state.override?.until = at(20)
        #expect(cue(stairs, at: 21).target.lightness == .dark && cue(stairs, at: 21).at == at(20))
        #expect(cue(stairs, at: 21).from.lightness == Lightness(0.8))
    }

    @Test
    func `a zone's command ends those of its bars, for good`() {
        var stairs = Staircase()
        stairs.state.barOverrides[stair] = Override(
            mode: .on(brightness: nil, colour: nil), start: at(1), until: at(10))
        stairs.state.override = Override(mode: .off, start: at(10), until: at(20))
        #expect(cue(stairs, at: 9.99).target.lightness == .full)
        #expect(cue(stairs, at: 15).target.lightness == .dark && cue(stairs, at: 25).target.lightness == .dark)
    }

    @Test
    func `auto lets go as fast as it is told to`() {
        var stairs = Staircase()
        let on = Override(mode: .on(brightness: nil, colour: nil), start: at(1), until: at(10))
        stairs.state.override = Override(mode: .auto, start: at(10), ease: .seconds(7), before: [on])
        #expect(cue(stairs, at: 11).target.lightness == .dark && cue(stairs, at: 11).ease == .seconds(7))
    }

    @Test
    func `a flash is dark and lit in turn, first the other of what was, and then all is as before`() {
        var stairs = Staircase()
        stairs.state.flash = (
            nil, Override(mode: .on(brightness: nil, colour: .warmWhite), start: at(10), until: at(12))
        )
        func lit(_ seconds: Double) -> Bool { cue(stairs, at: seconds).target.lightness > .dark }
        #expect([9.9, 10.1, 10.6, 11.1, 11.6, 12.1].map(lit) == [false, true, false, true, false, false])
        #expect(stairs.state.plan(of: stair).nextChange(after: at(10.1)) == at(10.5))
        #expect(stairs.state.plan(of: stair).nextChange(after: at(11.6)) == at(12))
        stairs.state.override = Override(mode: .on(brightness: Lightness(0.2), colour: nil), start: at(1))
        #expect([9.9, 10.1, 10.6, 11.1, 11.6, 12.1].map(lit) == [true, false, true, false, true, true])
        #expect(cue(stairs, at: 12.1).target.lightness == Lightness(0.2))
        // The zone's state doesn't flicker; the flash of a bar is that bar's.
        #expect(stairs.state.asOneLight(at: at(10.1)).light.lightness == Lightness(0.2))
        stairs.state.flash?.bar = "stair-04"
        #expect(lit(10.1) && stairs.state.plan(of: "stair-04").cue(at: at(10.1)).target.lightness == .dark)
    }

    @Test
    func `a zone is lit while any of its bars is, by motion or by a command of its own`() {
        var stairs = Staircase(hold: .seconds(10), wave: Wave(delay: .seconds(5)))
        stairs.pulse(Staircase.bottom, at: at(0))
        for tenth in 0..<1000 {
            let instant = at(Double(tenth) / 10)
            let isLit = stairs.state.asOneLight(at: instant).light.lightness > .dark
            #expect(isLit == stairs.lit(at: instant).contains(true), "at \(tenth) tenths of a second")
        }
        #expect(stairs.state.nextChange(after: at(11)) == at(55))
        stairs.state.barOverrides[stair] = Override(mode: .on(brightness: Lightness(0.3), colour: nil), start: at(100))
        #expect(stairs.state.nextChange(after: at(60)) == at(100))
        #expect(stairs.state.asOneLight(at: at(101)).light.lightness == Lightness(0.3))
        for bar in Staircase.bars { stairs.state.barOverrides[bar] = Override(mode: .off, start: at(5)) }
        #expect(stairs.state.asOneLight(at: at(6)).light.lightness == .dark)
    }

    @Test(arguments: Wave.Order.named.map(\.order) + [.positions([3, 5, 4, 9, 3, 3, 7, 8, 6, 5])])
    func `whatever the wave: a zone is lit when one of its bars is`(_ order: Wave.Order) {
        for off in Wave.Off.allCases {
            for sensors in [[Staircase.bottom], [Staircase.top, Staircase.bottom]] {
                var stairs = Staircase(hold: .seconds(10), wave: Wave(delay: .seconds(3), order: order, off: off))
                for (index, sensor) in sensors.enumerated() { stairs.pulse(sensor, at: at(Double(index) * 4)) }
                for second in 0..<120 {
                    let isLit = stairs.state.asOneLight(at: at(Double(second))).light.lightness > .dark
                    #expect(
                        isLit == stairs.lit(at: at(Double(second))).contains(true), "\(order) \(off) at \(second) s")
                }
            }
        }
    }
}
