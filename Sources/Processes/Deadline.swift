import Glibc
import Platform

/// An instant of the monotonic clock that something must have happened by.
public struct Deadline: Sendable {
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    public let instant: Int64

    /// The instant that is `limit` from now.
    public init(_ limit: Duration) {
        let parts = limit.components
        instant = MonotonicClock.now + parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }

    /// True once the deadline has passed.
    public var hasPassed: Bool { MonotonicClock.now >= instant }

    /// Milliseconds left, rounded up, for `poll`.
    public var millisecondsLeft: Int32 {
        Int32(clamping: max(0, (instant - MonotonicClock.now + 999_999) / 1_000_000))
    }

    var timespec: timespec {
        Glibc.timespec(tv_sec: Int(instant / 1_000_000_000), tv_nsec: Int(instant % 1_000_000_000))
    }
}
