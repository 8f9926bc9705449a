internal import CLinux
internal import Glibc

/// The kernel's monotonic clock, which counts from the board's start, and which nobody sets.
public enum MonotonicClock {
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    public static var now: Int64 { read(CLOCK_MONOTONIC) }
}

/// The system's clock, which people and NTP may set.
public enum RealTimeClock {
    /// Nanoseconds of `CLOCK_REALTIME` since 1970.
    public static var now: Int64 { read(CLOCK_REALTIME) }

    /// The nanoseconds that it is ahead of the monotonic clock.
    public static var offset: Int64 {
        // Between two looks at the one clock, a look at the other: the closest pair of several counts.
        var best = (width: Int64.max, offset: Int64(0))
        for _ in 0..<5 {
            let before = read(CLOCK_MONOTONIC)
            let system = read(CLOCK_REALTIME)
            let after = read(CLOCK_MONOTONIC)
            if after - before < best.width { best = (after - before, system - before - (after - before) / 2) }
        }
        return best.offset
    }

    /// True while NTP or the like keeps it (the kernel's STA_UNSYNC is off).
    public static var isSynchronised: Bool {
        var state = timex()
        return adjtimex(&state) >= 0 && state.status & 0x0040 == 0
    }
}

private func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
