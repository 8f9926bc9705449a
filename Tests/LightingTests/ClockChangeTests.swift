import Glibc
import Testing

@testable import Lighting

@Suite("Profiles on the days on which clocks are set, in every time zone")
struct ClockChangeTests {
    /// `FOOTLIGHT_ALL_ZONES=1`: every transition of every zone since 1970, half an hour; else one of each kind since 1990.
    private static let isWhole = getenv("FOOTLIGHT_ALL_ZONES") != nil
    private static let zones = ZoneFile.all(in: "/usr/share/zoneinfo")

    /// The changes to try. Of a kind are those by the same step at the same time of day.
    private static let changes: [(name: String, change: ClockChange)] = {
        var kinds: Set<[Int]> = []
        var changes: [(String, ClockChange)] = []
        for (name, zone) in zones {
            for transition in zone.transitions where transition.at > (isWhole ? 0 : 631_152_000) {
                let before = zone.offset(at: transition.at - 1)
                guard transition.offset != before else { continue }
                let minute = Int((transition.at + Int64(before)) % 86400 / 60)
                let isNew = kinds.insert([transition.offset - before, minute]).inserted
                if isNew || isWhole { changes.append((name, ClockChange(zone, at: transition.at))) }
            }
        }
        return changes
    }()

    private static func instant(_ seconds: Int64) -> MeshInstant { MeshInstant(nanoseconds: seconds * 1_000_000_000) }

    private static func profile(_ minutes: [Int]) throws -> Profile {
        Profile(
            try minutes.map { minute in
                .init(from: try #require(TimeOfDay(hour: minute / 60, minute: minute % 60)))
            })
    }

    @Test
    func `there are hundreds of zones, and changes by whole and half hours and by a day`() throws {
        #expect(ClockChangeTests.zones.count > 250)
        #expect(ClockChangeTests.changes.count >= 40)
        let steps = Set(ClockChangeTests.changes.map(\.change.step))
        #expect(steps.isSuperset(of: [3600, -3600, 1800, -1800, 86400]))
    }

    @Test
    func `an entry at each minute of the day: the one that clocks have come to last holds, minute by minute`() throws {
        let profile = try ClockChangeTests.profile(Array(0..<1440))
        for (name, change) in ClockChangeTests.changes {
            var latest: Int?
            var wrong = 0
            for now in stride(from: change.window.lowerBound + 2 * 86400, to: change.at + 86400, by: 60) {
                let found = try #require(profile.entry(at: ClockChangeTests.instant(now), clock: change.clock))
                // The minutes come to are those of the slow reckoning, each later than the one before.
                let day = change.minute(at: now)
                let expected = try #require(change.slowly(latest.map { [day, $0] } ?? [day], at: now))
                latest = expected.minute
                if found.entry.from.minutes != expected.minute
                    || found.since != ClockChangeTests.instant(expected.since)
                {
                    wrong += 1
                }
            }
            #expect(wrong == 0, "\(name), clocks set by \(change.step) s at \(change.at)")
        }
    }

    @Test
    func `an entry beside one at a skip's end or at a time shown twice: each change is announced`() throws {
        for (number, (name, change)) in ClockChangeTests.changes.enumerated() {
            let other = change.minute(at: change.at)
            var wrong: [String] = []
            // Each minute near the change; of the others, each with one kind in seven.
            for minute in 0..<1440 where minute != other {
                guard ClockChangeTests.isWhole || abs(minute - other) < 90 || minute % 7 == number % 7 else { continue }
                let profile = try ClockChangeTests.profile([minute, other])
                for now in [-86400, -60, 0, 60, 3660, 43200].map({ change.at + $0 }) {
                    let found = try #require(profile.entry(at: ClockChangeTests.instant(now), clock: change.clock))
                    let expected = try #require(change.slowly([minute, other], at: now))
                    let next = profile.nextChange(after: ClockChangeTests.instant(now), clock: change.clock)
                    let following = ClockChangeTests.following([minute, other], after: now, change)
                    if found.entry.from.minutes != expected.minute
                        || found.since != ClockChangeTests.instant(expected.since)
                        || next != following.map(ClockChangeTests.instant)
                    {
                        wrong.append("\(minute) at \(now - change.at) s")
                    }
                }
            }
            #expect(wrong.isEmpty, "\(name), clocks set by \(change.step) s at \(change.at), beside \(other): \(wrong)")
        }
    }

    /// The first instant after `now` at which one of these minutes is come to, by the slow reckoning.
    private static func following(_ minutes: [Int], after now: Int64, _ change: ClockChange) -> Int64? {
        let offset = Int64(change.clock.secondsFromUTC(at: instant(now)))
        let today = (now + offset) / 86400
        return (today - 1...today + 2).flatMap { day in
            minutes.compactMap { change.reached[day * 1440 + Int64($0)] }
        }.filter { $0 > now }.min()
    }

    @Test(arguments: [("America/New_York", 1_772_953_200), ("Europe/Berlin", 1_774_746_000)] as [(String, Int64)])
    func `02:00 and 03:00 on the day on which 02:00 to 03:00 is skipped: from the skip on the later`(
        _ name: String, _ skip: Int64
    ) throws {
        let zone = try #require(ZoneFile(path: "/usr/share/zoneinfo/" + name))
        let change = ClockChange(zone, at: skip)
        #expect(change.step == 3600)
        let profile = Profile([
            .init(from: try #require(TimeOfDay(text: "02:00")), brightness: Lightness(0.1)),
            .init(from: try #require(TimeOfDay(text: "03:00")), brightness: Lightness(0.6)),
        ])
        for (seconds, expected) in [(-1, 0.6), (0, 0.6), (1, 0.6), (19 * 3600, 0.6), (23 * 3600, 0.1)]
            as [(Int64, Double)]
        {
            let found = profile.entry(at: ClockChangeTests.instant(skip + seconds), clock: change.clock)
            #expect(found?.entry.brightness == Lightness(expected), "\(seconds) s after the skip")
        }
    }
}
