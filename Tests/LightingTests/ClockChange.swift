@testable import Lighting

/// The days around an instant at which a zone's clocks are set, reckoned slowly: minute by minute, by looking at the clock.
struct ClockChange {
    /// Nothing that a profile may say is older than this, nor is a change longer ahead.
    private static let days: Int64 = 3

    /// When clocks were set, seconds since 1970, and by how much.
    let at: Int64
    let step: Int
    let clock: CivilClock
    /// The first and the last instant looked at.
    let window: ClosedRange<Int64>
    /// Since when the clock has been at or past a minute: by the minute since 1970-01-01 00:00 of the clock's own reckoning.
    private(set) var reached: [Int64: Int64] = [:]
    /// The seconds from one look at the clock to the next: all instants at which it is set are among them.
    let pace: Int64

    init(_ zone: ZoneFile, at: Int64) {
        self.at = at
        step = zone.offset(at: at) - zone.offset(at: at - 1)
        let window = at - ClockChange.days * 86400...at + ClockChange.days * 86400
        self.window = window
        let near = zone.transitions.filter { window.contains($0.at) }
        let first = zone.offset(at: window.lowerBound)
        clock = CivilClock(
            transitions: [.init(from: .distantPast, secondsFromUTC: first)]
                + near.map {
                    .init(from: MeshInstant(nanoseconds: $0.at * 1_000_000_000), secondsFromUTC: $0.offset)
                })
        let isWhole = near.allSatisfy { $0.at % 60 == 0 && $0.offset % 60 == 0 } && first % 60 == 0
        pace = isWhole ? 60 : 1
        // From a minute's beginning on, as a clock without any past would.
        let start = window.lowerBound - window.lowerBound % 60
        var latest = start + Int64(first) - 60
        var offset = first
        var rest = near[...]
        for now in stride(from: start, through: window.upperBound, by: Int(pace)) {
            while let next = rest.first, next.at <= now { offset = rest.removeFirst().offset }
            let shown = now + Int64(offset)
            guard shown > latest else { continue }
            var minute = latest / 60 + 1
            while minute * 60 <= shown {
                reached[minute] = now
                minute += 1
            }
            latest = shown
        }
    }

    /// Which of these minutes of the day holds at an instant, and since when: the one come to last.
    func slowly(_ minutes: [Int], at now: Int64) -> (minute: Int, since: Int64)? {
        let today = (now + Int64(clock.secondsFromUTC(at: MeshInstant(nanoseconds: now * 1_000_000_000)))) / 86400
        var best: (key: (Int64, Int64), minute: Int)?
        for minute in minutes {
            for day in today - 2...today + 1 {
                let wall = day * 1440 + Int64(minute)
                guard let since = reached[wall], since <= now else { continue }
                if best.map({ $0.key < (since, wall) }) ?? true { best = ((since, wall), minute) }
            }
        }
        return best.map { ($0.minute, $0.key.0) }
    }

    /// The minute of the day that clocks show at an instant.
    func minute(at now: Int64) -> Int {
        let shown = now + Int64(clock.secondsFromUTC(at: MeshInstant(nanoseconds: now * 1_000_000_000)))
        return Int((shown % 86400 + 86400) % 86400 / 60)
    }
}
