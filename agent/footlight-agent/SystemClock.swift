internal import CLinux
internal import Glibc

/// The system's clocks, as far as the mesh asks about them.
enum SystemClock {
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    static var monotonicNow: Int64 { read(CLOCK_MONOTONIC) }

    /// The system's clock less the monotonic one, nanoseconds.
    static var offset: Int64 {
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

    /// Whether NTP or the like keeps the system's clock (the kernel's STA_UNSYNC is off).
    static var isSynchronised: Bool {
        var state = timex()
        return adjtimex(&state) >= 0 && state.status & 0x0040 == 0
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
