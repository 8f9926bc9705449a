import Testing

@testable import Lighting

@Suite("A guide light while nobody is there")
struct StandbyTests {
    private static let night = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)

    private static func zone(_ standby: Standby?, profile: Profile = Profile()) -> Zone {
        Zone(
            bars: ["a", "b", "c"], sensors: ["n/s": .first], hold: .seconds(20),
            look: Look(brightness: Lightness(0.6), easeIn: .seconds(1), easeOut: .seconds(1), curve: .linear),
            profile: profile, standby: standby)
    }

    private static func motion(_ state: inout ZoneState, at start: MeshInstant) {
        state.setRegisters([
            "n/s": SensorRegister(
                start: start, origin: "n/s", firstMotion: start, lead: .zero, lastEdge: start, lastMotion: start,
                motion: false)
        ])
    }

    @Test func `all bars show it, or those at the ends`() {
        let level = Lightness(0.03)
        let all = ZoneState(zone: Self.zone(Standby(level: level, colour: .temperature(Kelvin(clamping: 2200)))))
        for bar in ["a", "b", "c"] {
            let cue = all.plan(of: bar).cue(at: Self.night)
            #expect(
                cue.target == Light(lightness: level, colour: .temperature(Kelvin(clamping: 2200)))
                    && cue.reason == .idle)
        }
        let ends = ZoneState(zone: Self.zone(Standby(level: level, bars: .ends)))
        #expect(
            ["a", "b", "c"].map { ends.plan(of: $0).cue(at: Self.night).target.lightness } == [level, .dark, level])
        #expect(ZoneState(zone: Self.zone(nil)).plan(of: "a").cue(at: Self.night).target.lightness == .dark)
    }

    @Test func `motion takes over from it, and leaves it again; the zone as one light is off meanwhile`() {
        var state = ZoneState(zone: Self.zone(Standby(level: Lightness(0.03))))
        Self.motion(&state, at: Self.night)
        let plan = state.plan(of: "b")
        #expect(plan.cue(at: Self.night).from.lightness == Lightness(0.03))
        #expect(plan.cue(at: Self.night).target.lightness == Lightness(0.6))
        let off = plan.cue(at: Self.night + .seconds(20))
        #expect(off.target.lightness == Lightness(0.03) && off.from.lightness == Lightness(0.6))
        #expect(off.at == Self.night + .seconds(20) && off.ease == .seconds(1))
        #expect(state.asOneLight(at: Self.night + .seconds(30)).light.lightness == .dark)
        #expect(!state.isOn("b", at: Self.night + .seconds(30)) && !state.isOn(nil, at: Self.night + .seconds(30)))
        #expect(state.standbyLevel(at: Self.night + .seconds(30)) == Lightness(0.03))
        #expect(state.standbyLevel(at: Self.night + .seconds(10)) == .dark, "more than that is lit")
        #expect(!state.isLit(at: Self.night + .seconds(30), orWithin: .seconds(3)))
    }

    @Test func `off is off, and what ends it brings the guide light back`() {
        var state = ZoneState(zone: Self.zone(Standby(level: Lightness(0.03))))
        state.override = Override(mode: .off, start: Self.night, until: Self.night + .seconds(60))
        #expect(state.plan(of: "a").cue(at: Self.night + .seconds(1)).target.lightness == .dark)
        let back = state.plan(of: "a").cue(at: Self.night + .seconds(60))
        #expect(back.target.lightness == Lightness(0.03) && back.at == Self.night + .seconds(60))
        #expect(back.from.lightness == .dark)
    }

    @Test func `the profile says how bright it is, and it comes slowly`() throws {
        let entries = [
            Profile.Entry(from: .clock(try #require(TimeOfDay(text: "07:00"))), standby: .dark),
            Profile.Entry(from: .clock(try #require(TimeOfDay(text: "22:00"))), standby: Lightness(0.05)),
        ]
        let state = ZoneState(zone: Self.zone(nil, profile: Profile(entries)))
        // 1_800_000_000 is 08:00 of a day.
        let evening = Self.night + .seconds(14 * 3600)
        let plan = state.plan(of: "a")
        #expect(plan.cue(at: Self.night).target.lightness == .dark)
        #expect(plan.nextChange(after: Self.night) == evening)
        let cue = plan.cue(at: evening)
        #expect(cue.target.lightness == Lightness(0.05) && cue.from.lightness == .dark)
        #expect(cue.at == evening && cue.ease == .seconds(2))
        #expect(plan.cue(at: evening + .seconds(9 * 3600)).target.lightness == .dark)
    }

    @Test func `where it isn't dark there is none`() {
        var state = ZoneState(zone: Self.zone(Standby(level: Lightness(0.03))))
        let isNew = state.setDark(false, at: Self.night)
        let isNewAgain = state.setDark(false, at: Self.night + .seconds(1))
        #expect(isNew && !isNewAgain)
        let cue = state.plan(of: "a").cue(at: Self.night + .seconds(1))
        #expect(cue.target.lightness == .dark && cue.from.lightness == Lightness(0.03) && cue.at == Self.night)
        #expect(state.standbyLevel(at: Self.night + .seconds(1)) == .dark)
        _ = state.setDark(true, at: Self.night + .seconds(60))
        #expect(state.plan(of: "a").cue(at: Self.night + .seconds(60)).target.lightness == Lightness(0.03))
        var without = ZoneState(zone: Self.zone(nil))
        let isOther = without.setDark(false, at: Self.night)
        #expect(!isOther, "nothing changes")
    }
}
