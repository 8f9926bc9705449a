import Glibc
import Platform

/// The time for which the calling thread waits for something other than a processor: what blocks it. How busy the
/// machine is, or the host that it is a guest of, doesn't matter.
public struct SleepMeter {
    private let began = SleepMeter.reading()

    /// Begins to measure.
    public init() {}

    /// The time for which the thread, which must be the one that began, has been asleep since: zero if it never gave up
    /// its processor by itself.
    ///
    /// - Source: getrusage(2), `ru_nvcsw`; proc(5), `/proc/[pid]/schedstat`: time on a processor, and time ready to run
    ///   without one. Its first figure is as old as the last tick, so that CLOCK_THREAD_CPUTIME_ID is taken in its place.
    public var asleep: Duration {
        let now = SleepMeter.reading()
        guard now.waits > began.waits else { return .zero }
        return .nanoseconds(
            max(0, (now.wall - began.wall) - (now.running - began.running) - (now.ready - began.ready)))
    }

    private static func reading() -> (wall: Int64, running: Int64, ready: Int64, waits: Int) {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        var usage = rusage()
        getrusage(__rusage_who_t(1), &usage)  // RUSAGE_THREAD, which Glibc hides
        return (
            MonotonicClock.now, Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec), ready, usage.ru_nvcsw
        )
    }

    /// How long it was ready to run without a processor.
    private static var ready: Int64 {
        let file = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 100)
        let fields = String(decoding: bytes.prefix(max(0, read(file, &bytes, bytes.count))), as: UTF8.self).split(
            separator: " ")
        return fields.count > 1 ? Int64(fields[1]) ?? 0 : 0
    }
}
