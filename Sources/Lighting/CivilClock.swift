/// The time that clocks on the wall show: the offsets from UTC of one time zone, as far ahead as anybody plans.
///
/// A value, not a query to the system: the edge fills it from the time zone database.
public struct CivilClock: Sendable, Hashable {
    /// An offset and since when it holds.
    public struct Transition: Sendable, Hashable {
        /// The instant from which it holds.
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
    /// What is to be added to it for universal time.
    private var correction = Duration.zero
    /// The sun over the place where it hangs, if that is known.
    private(set) var sun: SunTimes?

    /// A clock of these offsets; before the first of them, the first holds.
    public init(transitions: [Transition]) {
        self.transitions = transitions.isEmpty ? CivilClock.utc.transitions : transitions.sorted { $0.from < $1.from }
    }

    /// The clock as read by who counts `correction` less than universal time: by mesh time, where that is off.
    public func corrected(by correction: Duration) -> CivilClock {
        let seconds = Int((correction.seconds).rounded())
        var clock = CivilClock(
            transitions: transitions.map {
                Transition(from: $0.from - correction, secondsFromUTC: $0.secondsFromUTC + seconds)
            })
        clock.correction = self.correction + correction
        return clock
    }

    /// The clock at a place, by whose sun profiles may go, as of an instant; nil: nobody knows where it hangs.
    public func placed(at location: Location?, asOf instant: MeshInstant) -> CivilClock {
        var clock = self
        clock.sun = location.map { SunTimes(Sun(from: $0), at: instant, correction: correction) }
        return clock
    }

    /// Returns true if it should be placed anew, having run for weeks since.
    public func isOutdated(at instant: MeshInstant) -> Bool { sun.map { !$0.covers(instant) } ?? false }

    /// Universal time.
    public static let utc = CivilClock(transitions: [Transition(from: .distantPast, secondsFromUTC: 0)])

    /// Seconds east of UTC at `instant`.
    public func secondsFromUTC(at instant: MeshInstant) -> Int {
        (transitions.last { $0.from <= instant } ?? transitions[0]).secondsFromUTC
    }

    /// The latest that clocks have shown up to `instant`: nanoseconds from 1970-01-01 00:00 by their own reckoning.
    ///
    /// It follows them, save that it waits where they are set back: what has come doesn't come again.
    public func reached(at instant: MeshInstant) -> Int64 {
        var latest = Int64.min
        for (index, transition) in transitions.enumerated() {
            guard index == 0 || transition.from <= instant else { break }
            let next = transitions.dropFirst(index + 1).first?.from ?? .distantFuture
            let end = next <= instant ? next - .nanoseconds(1) : instant
            latest = max(latest, end.nanoseconds &+ Int64(transition.secondsFromUTC) * 1_000_000_000)
        }
        return latest
    }

    /// The days from 1970-01-01 to the day that clocks show at `instant`.
    public func localDay(at instant: MeshInstant) -> Int64 {
        let local = instant.nanoseconds / 1_000_000_000 + Int64(secondsFromUTC(at: instant))
        return local >= 0 ? local / 86400 : -((86399 - local) / 86400)
    }

    /// The first instant at which clocks show `time` of a day or are past it: where they skip it (spring), the instant of
    /// the skip.
    public func instant(of time: TimeOfDay, day: Int64) -> MeshInstant {
        let local = day * 86400 + Int64(time.minutes) * 60
        var instant = MeshInstant.distantFuture
        for (index, transition) in transitions.enumerated() {
            let shown = MeshInstant(seconds: local - Int64(transition.secondsFromUTC))
            instant = index == 0 ? shown : max(shown, transition.from)
            if let next = transitions.dropFirst(index + 1).first?.from, instant >= next { continue }
            break
        }
        return instant
    }
}
