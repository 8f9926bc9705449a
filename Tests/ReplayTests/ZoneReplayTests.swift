import Lighting
import Testing

@testable import Replay

@Suite("Motion runs through the zone core in virtual time")
struct ZoneReplayTests {
    static func run(
        _ events: [MotionEvent], sensors: Int, hold: Duration, stuckLimit: Duration = .seconds(3600)
    ) -> ZoneReplay {
        var replay = ZoneReplay(zone: Zone(bars: [], sensors: [:]), hold: hold, stuckLimit: stuckLimit)
        replay.periods = []
        for index in 0..<sensors { replay.add(sensor: "log/s\(index)") }
        for event in events { replay.take(event) }
        replay.finish()
        return replay
    }

    static func event(_ seconds: Double, _ sensor: Int, _ motion: Bool) -> MotionEvent {
        let start: Int64 = 1_288_828_800_000_000_000  // 2010-11-04 00:00, a Thursday.
        return MotionEvent(
            time: MeshInstant(nanoseconds: start + Int64(seconds * 1e9)), sensor: sensor, motion: motion)
    }

    func expectEqual(_ replay: ZoneReplay, _ union: IntervalUnion) {
        let periods = replay.periods?.map { $0.lowerBound.nanoseconds...$0.upperBound.nanoseconds }
        #expect(periods == union.periods)
        #expect(replay.result.lit.nanoseconds == union.lit)
        #expect(replay.result.activations == union.periods.count)
        #expect(replay.result.timesOffOnSomebody == union.offOnSomebody)
        #expect(replay.result.longest.nanoseconds == union.periods.map { $0.upperBound - $0.lowerBound }.max() ?? 0)
        #expect(replay.stuck.values.reduce(0, +) == union.stuck)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `the core says what the union of intervals says, in homes that people live in`(seed: UInt64) {
        var home = LivedInHome(seed: seed, rooms: 1 + Int(seed) * 2)
        let events = home.events(1500)
        for hold in [5, 30, 60, 120, 300, 3600] {
            let replay = Self.run(events, sensors: 40, hold: .seconds(hold))
            expectEqual(replay, IntervalUnion(events, hold: .seconds(hold), stuckLimit: .seconds(3600)))
        }
    }

    @Test(arguments: 0..<80 as Range<UInt64>)
    func `and on logs of pure chance: whole seconds full of ties, ends without beginnings, sensors that get stuck`(
        seed: UInt64
    ) {
        var random = SplitMix64(seed: seed)
        var now = 0
        let sensors = Int.random(in: 1...5, using: &random)
        let events = (0..<400).map { _ in
            now += [0, 0, 1, 2, 5, 10, 10, 11, 20, 30, 70].randomElement(using: &random) ?? 0
            return Self.event(
                Double(now), Int.random(in: 0..<sensors, using: &random), Bool.random(using: &random))
        }
        for (hold, stuckLimit) in [(5, 60), (10, 20), (30, 30), (60, 20), (60, 3600)] {
            let replay = Self.run(events, sensors: sensors, hold: .seconds(hold), stuckLimit: .seconds(stuckLimit))
            expectEqual(
                replay, IntervalUnion(events, hold: .seconds(hold), stuckLimit: .seconds(stuckLimit)))
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `leaving out registers that have lapsed changes nothing`(seed: UInt64) {
        var home = LivedInHome(seed: seed, rooms: 6)
        let events = home.events(600)
        let names = (0..<6).map { "log/s\($0)" }
        let zone = Zone(
            bars: [], sensors: Dictionary(uniqueKeysWithValues: names.map { ($0, SensorPosition.first) }),
            hold: .seconds(60))
        var state = ZoneState(zone: zone)
        var registers: [String: SensorRegister] = [:]
        var starts: Set<MeshInstant> = []
        for event in events {
            let name = names[event.sensor]
            if event.motion {
                guard registers[name]?.motion != true else { continue }
                registers[name] = state.register(
                    of: name, own: registers[name], motionAt: event.time, lead: .milliseconds(20))
            } else {
                registers[name]?.motion = false
                registers[name]?.lastMotion = event.time
            }
            state.setRegisters(registers)
            if let activation = state.activation { starts.insert(activation.start) }
        }
        let replay = Self.run(events, sensors: 6, hold: .seconds(60))
        #expect(replay.periods?.map(\.lowerBound) == starts.sorted())
    }

    @Test(arguments: [
        (70.0, 0, 1), (70.001, 1, 2), (75, 1, 2), (80, 1, 2), (80.001, 0, 2), (500, 0, 2),
    ])
    func `motion within ten seconds of going dark is somebody left in the dark`(
        again: Double, times: Int, activations: Int
    ) {
        let events = [
            Self.event(0, 0, true), Self.event(10, 0, false), Self.event(again, 0, true),
            Self.event(again + 1, 0, false),
        ]
        let result = Self.run(events, sensors: 1, hold: .seconds(60)).result
        #expect(result.timesOffOnSomebody == times)
        #expect(result.activations == activations)
        #expect(result.offOnSomebody.reduce(0, +) == result.offOnSomebody[3 * 24])
    }

    @Test
    func `a sensor that never says OFF lights for the limit, then is left out until it does`() {
        let events = [
            Self.event(0, 0, true), Self.event(1800, 0, true), Self.event(7000, 0, true), Self.event(8000, 0, false),
            Self.event(9000, 0, true), Self.event(9010, 0, false),
        ]
        let replay = Self.run(events, sensors: 1, hold: .seconds(60))
        #expect(replay.stuck == ["log/s0": 1])
        #expect(replay.result.lit == .seconds(3600 + 70))
        #expect(replay.result.activations == 2)
    }

    @Test
    func `light is counted in the hours of the week that it burnt in`() {
        let result = Self.run([Self.event(3000, 0, true), Self.event(3900, 0, false)], sensors: 1, hold: .seconds(300))
            .result
        #expect(result.litNanoseconds[72] == 600 * 1_000_000_000)
        #expect(result.litNanoseconds[73] == 600 * 1_000_000_000)
        #expect(result.switchOns[72] == 1)
        #expect(result.longest == .seconds(1200))
    }

    @Test
    func `the zone's own sensors keep their places, and its hold gives way to the one replayed`() {
        let zone = Zone(bars: ["a"], sensors: ["a/s": .last], hold: .seconds(3600))
        var replay = ZoneReplay(zone: zone, hold: .seconds(10), stuckLimit: .seconds(3600))
        replay.add(sensor: "a/s")
        replay.take(Self.event(0, 0, true))
        replay.take(Self.event(1, 0, false))
        replay.finish()
        #expect(replay.result.lit == .seconds(11))
    }

    @Test
    func `pulses have the length from ON to OFF, and no more than the longest`() {
        var maker = PulseMaker(longest: .seconds(3600))
        let events = [
            Self.event(0, 0, true), Self.event(1, 1, true), Self.event(2, 0, true), Self.event(3, 0, false),
            Self.event(4, 2, false), Self.event(9000, 1, false), Self.event(9001, 0, true),
        ]
        for event in events { maker.take(event) }
        #expect(maker.pulses.map(\.sensor) == [0, 1, 0])
        #expect(maker.pulses.map(\.length) == [.seconds(3), .seconds(3600), .seconds(3600)])
        #expect(maker.pulses.first?.startText == "2010-11-04 00:00:00")
    }
}
