/// What clocks on the wall show: the offsets from UTC of one time zone, as far ahead as anybody plans.
///
/// A value, not a query to the system: the edge fills it from the time zone database.
public struct CivilClock: Sendable, Hashable {
    /// An offset and since when it holds.
    public struct Transition: Sendable, Hashable {
        /// Since when.
        public var from: MeshInstant
        /// Seconds east of UTC.
        public var secondsFromUTC: Int

        /// An offset that holds from an instant on.
        public init(from: MeshInstant, secondsFromUTC: Int) {
            self.from = from
            self.secondsFromUTC = secondsFromUTC
        }
    }

    private let transitions: [Transition]

    /// A clock of these offsets; before the first of them, the first holds.
    public init(transitions: [Transition]) {
        self.transitions = transitions.isEmpty ? CivilClock.utc.transitions : transitions.sorted { $0.from < $1.from }
    }

    /// The clock as read by who counts `correction` less than universal time: by mesh time, where that is off.
    public func corrected(by correction: Duration) -> CivilClock {
        let seconds = Int((correction.seconds).rounded())
        return CivilClock(
            transitions: transitions.map {
                Transition(from: $0.from - correction, secondsFromUTC: $0.secondsFromUTC + seconds)
            })
    }

    /// Universal time.
    public static let utc = CivilClock(transitions: [Transition(from: .distantPast, secondsFromUTC: 0)])

    /// Seconds east of UTC at `instant`.
    public func secondsFromUTC(at instant: MeshInstant) -> Int {
        (transitions.last { $0.from <= instant } ?? transitions[0]).secondsFromUTC
    }

    /// The last instant, not after `instant`, at which clocks came to show `time` or skipped it.
    func last(_ time: TimeOfDay, notAfter instant: MeshInstant) -> MeshInstant {
        let today = localDay(at: instant)
        for day in [today + 1, today, today - 1] {
            let candidate = self.instant(of: time, day: day)
            if candidate <= instant { return candidate }
        }
        return self.instant(of: time, day: today - 2)
    }

    /// The first instant after `instant` at which clocks come to show `time` or skip it.
    func first(_ time: TimeOfDay, after instant: MeshInstant) -> MeshInstant {
        let today = localDay(at: instant)
        for day in [today - 1, today, today + 1] {
            let candidate = self.instant(of: time, day: day)
            if candidate > instant { return candidate }
        }
        return self.instant(of: time, day: today + 2)
    }

    /// The days from 1970-01-01 to the day that clocks show at `instant`.
    public func localDay(at instant: MeshInstant) -> Int64 {
        let local = instant.nanoseconds / 1_000_000_000 + Int64(secondsFromUTC(at: instant))
        return local >= 0 ? local / 86400 : -((86399 - local) / 86400)
    }

    /// The instant at which a day's clocks first show `time`; where they skip it (spring), the instant of the skip.
    public func instant(of time: TimeOfDay, day: Int64) -> MeshInstant {
        let local = day * 86400 + Int64(time.minutes) * 60
        func candidate(_ offset: Int) -> MeshInstant {
            MeshInstant(seconds: local - Int64(offset))
        }
        let around = MeshInstant(seconds: local)
        let before = secondsFromUTC(at: around - .seconds(86400))
        let after = secondsFromUTC(at: around + .seconds(86400))
        for offset in [before, after] where secondsFromUTC(at: candidate(offset)) == offset {
            return candidate(offset)
        }
        return transitions.last { $0.from <= candidate(before) }?.from ?? candidate(before)
    }
}
