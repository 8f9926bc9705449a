import Lighting
import Testing

@Suite("Profiles by the sun, and with holds and eases of their own")
struct SunProfileTests {
    /// Berlin, by summer time.
    static let berlin = CivilClock(transitions: [.init(from: .distantPast, secondsFromUTC: 7200)])
        .placed(at: Location(latitude: 52.52, longitude: 13.405), asOf: day(0))

    /// 21 June 2026, so many seconds after midnight by universal time.
    static func day(_ seconds: Int) -> MeshInstant {
        MeshInstant(nanoseconds: (1_782_000_000 + Int64(seconds)) * 1_000_000_000)
    }

    static func zone(_ entries: [Profile.Entry]) -> Zone {
        Zone(bars: ["a"], sensors: ["a/eye": .first], hold: .seconds(60), profile: Profile(entries))
    }

    /// What lit bars show at an instant.
    static func level(_ zone: Zone, at instant: MeshInstant, _ clock: CivilClock = berlin) -> Double {
        var state = ZoneState(zone: zone, clock: clock)
        state.override = Override(mode: .on(brightness: nil, colour: nil), start: .distantPast)
        return state.asOneLight(at: instant).light.lightness.value
    }

    @Test(arguments: [
        ("06:30", "06:30"), ("sunset", "sunset"), ("sunset-30m", "sunset - 30m"),
        ("sunrise + 1h30m", "sunrise + 1h30m"),
        ("sunrise+90m", "sunrise + 1h30m"), ("sunset - 6h", "sunset - 6h"), ("sunset+0m", "sunset"),
    ])
    func `a time has one form, and is read back`(_ text: String, _ form: String) {
        let time = ProfileTime(text: text)
        #expect(time?.text == form && ProfileTime(text: form) == time)
    }

    @Test(arguments: [
        "", "24:00", "sun", "sunsets", "sunset 30m", "sunset - ", "sunset - 7h", "sunset + 6h1m", "sunset -- 5m",
        "sunset - 30", "sunset - 1h-5m", "sunset - h", "sunset - 9999m", "noon",
    ])
    func `what is no time is none`(_ text: String) { #expect(ProfileTime(text: text) == nil) }

    @Test func `an entry begins half an hour before the sun sets, on every day of its own`() throws {
        let zone = Self.zone([
            .init(from: .sun(.sunset, offset: .seconds(-1800)), brightness: Lightness(0.5)),
            .init(from: .sun(.sunrise, offset: .zero), brightness: Lightness(0.2)),
        ])
        let sun = Sun(from: try #require(Location(latitude: 52.52, longitude: 13.405)))
        for days in 0..<60 {
            let noon = Self.day(days * 86400 + 43200)
            let sunset = sun.time(of: .sunset, day: sun.day(at: noon)).instant
            let sunrise = sun.time(of: .sunrise, day: sun.day(at: noon) + 1).instant
            let clock = Self.berlin
            #expect(Self.level(zone, at: sunset - .seconds(1801), clock) == 0.2)
            #expect(Self.level(zone, at: sunset - .seconds(1800), clock) == 0.5)
            #expect(Self.level(zone, at: sunrise - .seconds(1), clock) == 0.5)
            #expect(Self.level(zone, at: sunrise, clock) == 0.2)
            var state = ZoneState(zone: zone, clock: clock)
            state.override = Override(mode: .on(brightness: nil, colour: nil), start: .distantPast)
            #expect(state.nextChange(after: noon) == sunset - .seconds(1800))
        }
        // 22 June 2026: sunset 21:33 by the tables of the U.S. Naval Observatory.
        let sunset = sun.time(of: .sunset, day: sun.day(at: Self.day(86400 + 43200))).instant
        #expect(abs((sunset - Self.day(86400 + 19 * 3600 + 33 * 60)) / .seconds(1)) < 90)
    }

    @Test func `times of day and of the sun hold in the order in which they come`() {
        let zone = Self.zone([
            .init(from: .sun(.sunset, offset: .zero), brightness: Lightness(0.5)),
            .init(from: TimeOfDay(text: "20:00")!, brightness: Lightness(0.4)),
            .init(from: TimeOfDay(text: "23:00")!, brightness: Lightness(0.1)),
        ])
        // In June the sun sets after 20:00 by the clock, in December long before.
        #expect(Self.level(zone, at: Self.day(19 * 3600)) == 0.4 && Self.level(zone, at: Self.day(20 * 3600)) == 0.5)
        let winter = 183 * 86400
        #expect(Self.level(zone, at: Self.day(winter + 17 * 3600)) == 0.5)
        #expect(Self.level(zone, at: Self.day(winter + 19 * 3600)) == 0.4)
        #expect(Self.level(zone, at: Self.day(winter + 22 * 3600)) == 0.1)
    }

    @Test func `by a sun that nobody knows nothing begins`() {
        let zone = Self.zone([
            .init(from: .sun(.sunset, offset: .zero), brightness: Lightness(0.5)),
            .init(from: TimeOfDay(text: "20:00")!, brightness: Lightness(0.4)),
        ])
        for hour in 0..<48 { #expect(Self.level(zone, at: Self.day(hour * 3600), .utc) == 0.4) }
        let alone = Self.zone([.init(from: .sun(.sunset, offset: .zero), brightness: Lightness(0.5))])
        #expect(Self.level(alone, at: Self.day(0), .utc) == 1)
    }

    @Test func `a clock that is off shows the sun when it is there`() throws {
        let zone = Self.zone([
            .init(from: .sun(.sunset, offset: .zero), brightness: Lightness(0.5)),
            .init(from: .sun(.sunrise, offset: .zero), brightness: Lightness(0.2)),
        ])
        let location = try #require(Location(latitude: 52.52, longitude: 13.405))
        // Mesh time that began in 1970 is 56 years behind.
        let behind = Duration.seconds(1_782_000_000)
        let clock = CivilClock.utc.corrected(by: behind).placed(at: location, asOf: Self.day(0) - behind)
        let right = CivilClock.utc.placed(at: location, asOf: Self.day(0))
        for quarter in 0..<300 {
            let instant = Self.day(quarter * 900)
            #expect(Self.level(zone, at: instant - behind, clock) == Self.level(zone, at: instant, right))
        }
        #expect(!clock.isOutdated(at: Self.day(0) - behind) && clock.isOutdated(at: Self.day(40 * 86400) - behind))
    }

    @Test func `holds and eases are those of the time of day of the last motion`() {
        var entry = Profile.Entry(from: .clock(TimeOfDay(text: "22:00")!), brightness: Lightness(0.1))
        entry.hold = .seconds(20)
        entry.easeOut = .seconds(7)
        var day = Profile.Entry(from: .clock(TimeOfDay(text: "06:00")!))
        day.easeIn = .seconds(3)
        var state = ZoneState(zone: Self.zone([entry, day]))
        func after(_ seconds: Int) -> MeshInstant? {
            let register = state.register(of: "a/eye", own: nil, motionAt: Self.day(seconds), lead: .zero)
            var ended = register
            ended.motion = false
            state.setRegisters(["a/eye": ended])
            return state.activation?.lapse
        }
        #expect(after(12 * 3600) == Self.day(12 * 3600 + 60))
        #expect(state.plan(of: "a").cue(at: Self.day(12 * 3600 + 1)).ease == .seconds(3))
        #expect(after(23 * 3600) == Self.day(23 * 3600 + 20))
        #expect(state.plan(of: "a").cue(at: Self.day(23 * 3600 + 30)).ease == .seconds(7))
        #expect(state.zone.shortestHold == .seconds(20))
    }
}
