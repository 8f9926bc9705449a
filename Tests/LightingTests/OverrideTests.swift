import Lighting
import Testing

@Suite("Manual commands win over sensors, the latest over earlier ones, and let go")
struct OverrideTests {
    let stair = "stair-03"

    func cue(_ stairs: Staircase, at seconds: Double) -> Cue { stairs.state.plan(of: stair).cue(at: at(seconds)) }

    @Test("On from dark, in its own colour and brightness, and back to dark when its time is over")
    func onForAWhile() {
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

    @Test("Off while somebody moves; auto gives the light back")
    func offAndAuto() {
        var stairs = Staircase()
        stairs.rise(Staircase.bottom, at: at(0))
        stairs.state.override = Override(mode: .off, start: at(5))
        #expect(cue(stairs, at: 6).target.lightness == .dark)
        stairs.state.override = Override(mode: .auto, start: at(10))
        #expect(cue(stairs, at: 11).target.lightness == .full)
        #expect(cue(stairs, at: 11).at == at(10))
        #expect(cue(stairs, at: 11).from.lightness == .full || cue(stairs, at: 11).from.lightness == .dark)
    }

    @Test("A bar's own command, then the zone's: the latest wins")
    func barAndZone() {
        var stairs = Staircase()
        stairs.state.barOverrides[stair] = Override(mode: .on(brightness: nil, colour: nil), start: at(10))
        #expect(cue(stairs, at: 11).target.lightness == .full)
        #expect(stairs.state.plan(of: "stair-04").cue(at: at(11)).target.lightness == .dark)
        stairs.state.override = Override(mode: .off, start: at(20))
        #expect(cue(stairs, at: 21).target.lightness == .dark)
        stairs.state.override = Override(mode: .auto, start: at(30))
        #expect(cue(stairs, at: 31).target.lightness == .dark)
    }

    @Test("A bar's command that has ended leaves the word to the zone's")
    func barEnds() {
        var stairs = Staircase()
        stairs.state.override = Override(mode: .on(brightness: Lightness(0.2), colour: nil), start: at(1))
        stairs.state.barOverrides[stair] = Override(mode: .off, start: at(10), until: at(20))
        #expect(cue(stairs, at: 15).target.lightness == .dark)
        #expect(cue(stairs, at: 21).target.lightness == Lightness(0.2))
        #expect(cue(stairs, at: 21).at == at(20))
    }
}
