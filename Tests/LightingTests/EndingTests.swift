import Lighting
import Testing

@Suite("Commands that end by themselves, once nobody is there")
struct EndingTests {
    let stair = "stair-01"
    let light = Override.Mode.on(brightness: nil, colour: nil)

    func lit(_ stairs: Staircase, at seconds: Double) -> Bool {
        stairs.state.plan(of: stair).cue(at: at(seconds)).target.lightness > .dark
    }

    @Test
    func `off until empty: dark for who is there, lit for who comes next`() {
        var stairs = Staircase(wave: nil)
        stairs.rise(Staircase.bottom, at: at(0))
        stairs.state.override = Override(mode: .off, start: at(5), ends: .empty)
        stairs.renew(Staircase.bottom, at: at(20))
        #expect(lit(stairs, at: 4) && !lit(stairs, at: 30))
        stairs.pulse(Staircase.top, at: at(50))
        stairs.fall(Staircase.bottom, at: at(100))
        #expect(!lit(stairs, at: 101) && !lit(stairs, at: 159))
        #expect(stairs.state.plan(of: stair).nextChange(after: at(120)) == at(160))
        stairs.rise(Staircase.bottom, at: at(170))
        #expect(lit(stairs, at: 171) && stairs.state.asOneLight(at: at(171)).reason == .motion(at(170)))
    }

    @Test
    func `off until empty where nobody is: out, as fast as asked, and the next has light at once`() {
        var stairs = Staircase()
        let on = Override(mode: light, start: at(1), until: at(10))
        stairs.state.override = Override(mode: .off, start: at(10), ease: .seconds(3), ends: .empty, before: [on])
        let cue = stairs.state.plan(of: stair).cue(at: at(11))
        #expect(cue.target.lightness == .dark && cue.at == at(10) && cue.ease == .seconds(3) && cue.reason == .idle)
        stairs.rise(Staircase.bottom, at: at(12))
        #expect(lit(stairs, at: 13))
    }

    @Test(arguments: [Ending.Absence.visit, .empty])
    func `on for a visit lasts as long as it, or a hold where nobody comes`(_ ends: Ending.Absence) {
        var stairs = Staircase(wave: nil)
        stairs.state.override = Override(mode: .on(brightness: Lightness(0.2), colour: nil), start: at(10), ends: ends)
        #expect(lit(stairs, at: 69) && !lit(stairs, at: 70.5))
        stairs.pulse(Staircase.bottom, at: at(40))
        #expect(lit(stairs, at: 99) && !lit(stairs, at: 101))
        #expect(stairs.state.asOneLight(at: at(50)).light.lightness == Lightness(0.2))
        stairs.pulse(Staircase.bottom, at: at(200))
        #expect(stairs.state.asOneLight(at: at(201)).light.lightness == .full)
    }

    @Test
    func `what was put out until nobody is there isn't lit by the rest of a wave`() {
        for off in [Wave.Off.follow, .reverse, .together] {
            var stairs = Staircase(wave: Wave(delay: .seconds(2), off: off))
            stairs.rise(Staircase.bottom, at: at(0))
            stairs.state.override = Override(mode: .off, start: at(5), ends: .empty)
            stairs.fall(Staircase.bottom, at: at(30))
            for second in 6..<130 { #expect(!stairs.lit(at: at(Double(second))).contains(true), "\(off) \(second)") }
            stairs.pulse(Staircase.bottom, at: at(130))
            #expect(stairs.lit(at: at(131)).first == true)
        }
    }

    @Test
    func `off for a visit is dark for a hold, and for who comes within it`() {
        var stairs = Staircase()
        stairs.state.override = Override(mode: .off, start: at(10), ends: .visit)
        stairs.pulse(Staircase.bottom, at: at(30))
        #expect(!lit(stairs, at: 31) && !lit(stairs, at: 89))
        stairs.pulse(Staircase.bottom, at: at(95))
        #expect(lit(stairs, at: 96))
    }

    @Test
    func `a bar's own command ends by itself, too`() {
        var stairs = Staircase()
        stairs.rise(Staircase.bottom, at: at(0))
        stairs.state.barOverrides[stair] = Override(mode: .off, start: at(5), ends: .empty)
        stairs.fall(Staircase.bottom, at: at(10))
        #expect(!lit(stairs, at: 20))
        stairs.pulse(Staircase.bottom, at: at(80))
        #expect(lit(stairs, at: 81))
    }

    @Test
    func `where no sensor is, nobody is seen to leave: off stays, on lasts a hold`() {
        var state = ZoneState(zone: Zone(bars: [stair], sensors: [:]))
        state.override = Override(mode: .off, start: at(0), ends: .empty)
        #expect(state.asOneLight(at: at(100_000)).reason == .manual)
        state.override = Override(mode: light, start: at(0), ends: .visit)
        #expect(state.asOneLight(at: at(59)).light.lightness == .full)
        #expect(state.asOneLight(at: at(61)).light.lightness == .dark)
    }
}
