internal import Glibc
internal import Platform
internal import Processes

/// How late a busy machine wakes a thread that sleeps for 10 ms: what nobody on it could have done better.
final class LatenessMeter: Sendable {
    private let late = Monitor<[(instant: Int64, lateness: Int64)]>([])

    init() {
        let late = late
        _ = DetachedThread.start {
            while true {
                let due = MonotonicClock.now + 10_000_000
                usleep(10_000)
                let now = MonotonicClock.now
                // What is below a timer's own slack tells nothing.
                if now - due > 2_000_000 { late.change { $0.append((now, now - due)) } }
            }
        }
    }

    /// The sum of all that was late since `instant`, nanoseconds: at least twice the worst of it.
    func lateness(since instant: Int64) -> Int64 {
        let since = late.change { $0.filter { $0.instant >= instant }.map(\.lateness) }
        return max(since.reduce(0, +), 2 * (since.max() ?? 0))
    }
}
