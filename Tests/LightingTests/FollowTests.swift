import Testing

@testable import Lighting

@Suite("Light that walks along")
struct FollowTests {
    private static let start = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)

    private static func zone(_ follow: Follow, sensors: [String: SensorPosition], wave: Wave? = nil) -> Zone {
        Zone(
            bars: (0..<12).map { "b\($0)" }, sensors: sensors, hold: .seconds(10),
            look: Look(easeIn: .zero, easeOut: .zero), wave: wave, follow: follow)
    }

    private static func register(_ sensor: String, at first: Duration, until last: Duration? = nil) -> SensorRegister {
        SensorRegister(
            start: start + first, origin: sensor, firstMotion: start + first, lead: .zero, lastEdge: start + first,
            lastMotion: start + (last ?? first), motion: false)
    }

    /// The bars that are to be lit so long after the start, by their numbers.
    private static func lit(_ state: ZoneState, after time: Duration) -> [Int] {
        state.zone.bars.indices.filter {
            state.plan(of: state.zone.bars[$0]).cue(at: start + time).target.lightness > .dark
        }
    }

    @Test func `a stair with a sensor at its foot: light walks ahead of the person, and goes out behind them`() {
        let follow = Follow(reach: 2, pace: .milliseconds(500))
        var state = ZoneState(zone: Self.zone(follow, sensors: ["n/foot": .first]))
        state.setRegisters(["n/foot": Self.register("n/foot", at: .zero)])
        #expect(Self.lit(state, after: .zero) == [0, 1, 2])
        #expect(Self.lit(state, after: .milliseconds(500)) == [0, 1, 2, 3])
        #expect(Self.lit(state, after: .milliseconds(4499)) == Array(0...10))
        #expect(Self.lit(state, after: .milliseconds(4500)) == Array(0...11))
        // Nobody was seen any more for the hold: it goes out at the pace at which they went.
        #expect(Self.lit(state, after: .milliseconds(9999)) == Array(0...11))
        #expect(Self.lit(state, after: .seconds(10)) == Array(1...11))
        #expect(Self.lit(state, after: .seconds(15)) == [11])
        #expect(Self.lit(state, after: .milliseconds(15_500)) == [])
        let plan = state.plan(of: "b11")
        #expect(plan.nextChange(after: Self.start) == Self.start + .milliseconds(4500))
        #expect(plan.nextChange(after: Self.start + .seconds(5)) == Self.start + .milliseconds(15_500))
    }

    @Test func `a corridor with sensors: each lights its part, up to the next one, and both ways`() {
        let sensors: [String: SensorPosition] = ["n/a": .first, "n/b": .bar("b5"), "n/c": .last]
        let follow = Follow(reach: 1, pace: .milliseconds(400))
        var state = ZoneState(zone: Self.zone(follow, sensors: sensors))
        state.setRegisters(["n/b": Self.register("n/b", at: .zero)])
        #expect(Self.lit(state, after: .zero) == [4, 5, 6])
        #expect(Self.lit(state, after: .milliseconds(400)) == [3, 4, 5, 6, 7])
        #expect(Self.lit(state, after: .seconds(9)) == Array(0...11))
        var other = ZoneState(zone: Self.zone(follow, sensors: sensors))
        other.setRegisters(["n/a": Self.register("n/a", at: .zero)])
        #expect(Self.lit(other, after: .seconds(9)) == Array(0...5), "up to where the next sensor sees them")
        // The next one's node is away: nobody sees them there.
        other.setRegisters(["n/a": Self.register("n/a", at: .zero)], blind: ["n/b"])
        #expect(Self.lit(other, after: .seconds(9)) == Array(0...11))
    }

    @Test func `who walks through is followed; what is behind them goes dark while the zone is held`() {
        let follow = Follow(reach: 1, pace: .milliseconds(400))
        var state = ZoneState(zone: Self.zone(follow, sensors: ["n/a": .first, "n/b": .bar("b5"), "n/c": .last]))
        state.setRegisters([
            "n/a": Self.register("n/a", at: .zero), "n/b": Self.register("n/b", at: .seconds(4)),
            "n/c": Self.register("n/c", at: .seconds(8)),
        ])
        #expect(state.isHeld(at: Self.start + .seconds(17)))
        #expect(Self.lit(state, after: .seconds(17)) == Array(5...11), "who is before n/c has come from n/b")
        #expect(state.asOneLight(at: Self.start + .seconds(17)).light.lightness > .dark)
        #expect(Self.lit(state, after: .seconds(21)) == [])
        #expect(state.asOneLight(at: Self.start + .seconds(21)).light.lightness == .dark)
    }

    @Test
    func `who comes again when it has gone dark is met anew, and light that walks on with the one before walks on`() {
        let follow = Follow(reach: 1, pace: .seconds(1))
        var state = ZoneState(zone: Self.zone(follow, sensors: ["n/a": .first]))
        let first = Self.register("n/a", at: .zero)
        state.setRegisters(["n/a": first])
        let now = Self.start + .seconds(14)
        let next = state.register(of: "n/a", own: first, motionAt: now, lead: .zero)
        #expect(next.firstMotion == now)
        state.setRegisters(["n/a": next])
        #expect(Self.lit(state, after: .seconds(14)) == [0, 1] + Array(5...11))
        #expect(state.plan(of: "b0").cue(at: now).at == now, "its light isn't told as late")
        // As long as it is lit here, it is the same visit.
        let soon = state.register(of: "n/a", own: next, motionAt: now + .seconds(9), lead: .zero)
        #expect(soon.firstMotion == now)
    }

    @Test func `a sensor that tells of who is there as if they had just come puts out nothing`() {
        let zone = Self.zone(Follow(reach: 1, pace: .seconds(1)), sensors: ["n/a": .first])
        var state = ZoneState(zone: zone)
        state.setRegisters(["n/a": Self.register("n/a", at: .zero, until: .seconds(3))])
        // Its node was started anew: it begins another activation, and says a little later that it began later still.
        for first in [Duration.seconds(8), .milliseconds(8100)] {
            state.setRegisters(["n/a": Self.register("n/a", at: first, until: .seconds(9))])
            #expect(Self.lit(state, after: .seconds(8)) == Array(0...9), "as if nothing had happened")
        }
        #expect(Self.lit(state, after: .milliseconds(18_999)) == Array(0...11))
        #expect(Self.lit(state, after: .seconds(20)) == Array(2...11), "the hold ends as what is said now has it")
        // By a clock that was set by a minute the same holds a minute later.
        let minute = Duration.seconds(60)
        state.shift(by: minute)
        state.setRegisters(["n/a": Self.register("n/a", at: minute + .milliseconds(8100), until: .seconds(69))])
        #expect(Self.lit(state, after: .seconds(68)) == Array(0...9))
        // The next visitor is met anew.
        state.setRegisters(["n/a": Self.register("n/a", at: .seconds(95))])
        #expect(Self.lit(state, after: .seconds(95)) == [0, 1])
    }

    @Test func `bars around the person come on in the zone's wave`() {
        let zone = Self.zone(
            Follow(reach: 2, pace: .seconds(1)), sensors: ["n/c": .last],
            wave: Wave(delay: .milliseconds(10), delayBackward: .milliseconds(20)))
        var state = ZoneState(zone: zone)
        state.setRegisters(["n/c": Self.register("n/c", at: .zero)])
        let instants = [11, 10, 9, 8].map { state.plan(of: "b\($0)").nextChange(after: Self.start - .seconds(1)) }
        #expect(instants == [0, 20, 40, 1040].map { Self.start + .milliseconds($0) })
        let delays = [11, 10, 9, 8].map { zone.waveDelay(from: "n/c", at: Self.start, clock: .utc)($0) }
        #expect(delays == [0, 20, 40, 1040].map { .milliseconds($0) }, "what the lead is reckoned from")
    }

    @Test func `another configuration lights nothing for nobody, and what is lit stays lit`() {
        var state = ZoneState(zone: Self.zone(Follow(reach: 1, pace: .seconds(1)), sensors: ["n/a": .first]))
        state.setRegisters(["n/a": Self.register("n/a", at: .zero, until: .seconds(3))])
        var slower = state.zone
        slower.follow = Follow(reach: 5, pace: .seconds(2))
        state.reconfigure(slower, at: Self.start + .seconds(20))
        #expect(Self.lit(state, after: .seconds(20)) == Array(8...11), "as it was going")
        var early = ZoneState(zone: Self.zone(Follow(reach: 1, pace: .seconds(1)), sensors: ["n/a": .first]))
        early.setRegisters(["n/a": Self.register("n/a", at: .zero, until: .seconds(3))])
        #expect(Self.lit(early, after: .seconds(2)) == [0, 1, 2, 3])
        var narrower = early.zone
        narrower.follow = Follow(reach: 1, pace: .seconds(4))
        early.reconfigure(narrower, at: Self.start + .seconds(2))
        #expect(Self.lit(early, after: .seconds(2)) == [0, 1, 2, 3])
        #expect(Self.lit(early, after: .seconds(13)) == [1, 2, 3, 4], "later ones come at the new pace")
    }

    @Test
    func `who is seen after another configuration has their light, also where it had gone dark behind them`() {
        let sensors: [String: SensorPosition] = ["n/a": .first, "n/b": .bar("b5"), "n/c": .last]
        var state = ZoneState(zone: Self.zone(Follow(reach: 1, pace: .milliseconds(500)), sensors: sensors))
        let away = Self.register("n/c", at: .seconds(2), until: .seconds(30))
        state.setRegisters(["n/a": Self.register("n/a", at: .zero), "n/c": away])
        // Held by who is before n/c still, and dark where n/a's visitor has left.
        #expect(!Self.lit(state, after: .seconds(20)).contains(0))
        var longer = state.zone
        longer.hold = .seconds(40)
        state.reconfigure(longer, at: Self.start + .seconds(20))
        #expect(!Self.lit(state, after: .seconds(21)).contains(0), "nobody is there")
        // By the longer hold the visit of before goes on.
        let renewed = Self.register("n/a", at: .zero, until: .seconds(22))
        state.setRegisters(["n/a": renewed, "n/c": away])
        #expect(Self.lit(state, after: .seconds(22)).contains(0))
        #expect(Self.lit(state, after: .milliseconds(61_999)).contains(0))
        #expect(!Self.lit(state, after: .seconds(62)).contains(0))
        #expect(state.isLit(at: Self.start + .seconds(40), orWithin: .zero))
    }

    @Test func `a zone that follows people no more is lit as a whole for who is there, also where it was dark`() {
        let sensors: [String: SensorPosition] = ["n/a": .first, "n/b": .bar("b5"), "n/c": .last]
        let zone = Self.zone(Follow(reach: 1, pace: .milliseconds(500)), sensors: sensors)
        var together = zone
        together.follow = nil
        var long = ZoneState(zone: zone)
        // All bars were lit for somebody long ago.
        let former = Self.register("n/b", at: .zero)
        long.setRegisters(["n/a": Self.register("n/a", at: .seconds(100)), "n/b": former])
        #expect(Self.lit(long, after: .seconds(101)) == Array(0...3))
        long.reconfigure(together, at: Self.start + .seconds(101))
        #expect(Self.lit(long, after: .seconds(101)) == Array(0...11))
        long.setRegisters(["n/a": Self.register("n/a", at: .seconds(100), until: .seconds(105)), "n/b": former])
        #expect(Self.lit(long, after: .milliseconds(114_999)) == Array(0...11))
        #expect(Self.lit(long, after: .seconds(115)) == [])
        // And where somebody has left bars behind, who are still there.
        var behind = ZoneState(zone: zone)
        var away = Self.register("n/c", at: .seconds(5), until: .seconds(15))
        (away.start, away.origin) = (Self.start, "n/a")
        behind.setRegisters(["n/a": Self.register("n/a", at: .zero), "n/c": away])
        #expect(Self.lit(behind, after: .seconds(18)) == Array(5...11))
        behind.reconfigure(together, at: Self.start + .seconds(18))
        behind.setRegisters(["n/a": Self.register("n/a", at: .zero, until: .seconds(20)), "n/c": away])
        #expect(Self.lit(behind, after: .seconds(20)) == Array(0...11))
        #expect(Self.lit(behind, after: .seconds(30)) == [])
    }

    @Test func `by a wire that says no place, all bars are lit at once`() {
        let zone = WireSensor.joining(Self.zone(Follow(reach: 1, pace: .seconds(1)), sensors: ["n/a": .first]))
        var state = ZoneState(zone: zone)
        let together = WireSensor.together.rawValue
        state.setRegisters([together: Self.register(together, at: .zero)])
        #expect(Self.lit(state, after: .zero) == Array(0...11))
        #expect(Self.lit(state, after: .seconds(10)) == [])
    }
}
