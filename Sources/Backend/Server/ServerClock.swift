internal import Glibc

/// This machine's clocks.
enum ServerClock {
    /// Nanoseconds of the monotonic clock.
    static var monotonic: Int64 { read(CLOCK_MONOTONIC) }

    /// Nanoseconds since 1970.
    static var now: Int64 { read(CLOCK_REALTIME) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
