internal import Glibc
internal import Platform

/// Instants of the monotonic clock to act at.
enum Timing {
    /// Blocks until an instant.
    static func sleep(until instant: Int64) {
        var time = timespec(tv_sec: Int(instant / 1_000_000_000), tv_nsec: Int(instant % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, Int32(TIMER_ABSTIME), &time, nil) == EINTR {}
    }

    /// Lets the calling thread go before ordinary ones (so that a busy machine doesn't part a stamp from what it
    /// stamps), and behind agents.
    static func preferThisThread() {
        var parameters = sched_param(sched_priority: 10)
        sched_setscheduler(0, SCHED_FIFO, &parameters)
    }

    /// What has to be added to an instant of the monotonic clock for the system's.
    static var systemOffset: Int64 {
        var best = (width: Int64.max, offset: Int64(0))
        for _ in 0..<9 {
            let before = MonotonicClock.now
            let system = RealTimeClock.now
            let after = MonotonicClock.now
            if after - before < best.width { best = (after - before, system - before - (after - before) / 2) }
        }
        return best.offset
    }
}
