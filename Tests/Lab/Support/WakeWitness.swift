import Glibc
import Hardware
import MQTT
import Platform
import Processes
import TestSupport

/// How late an ordinary thread is woken here: what holds it up holds up the agents too, which share the lab's processor
/// with it, and says nothing of them.
final class WakeWitness: Sendable {
    private static let period: Int64 = 5_000_000
    /// What comes no later than this isn't kept.
    private static let prompt: Int64 = 2_000_000

    private struct State {
        var isOver = false
        var late: [(due: Int64, woken: Int64)] = []
    }
    private let state = Monitor(State())

    /// Watches until ``stop()``.
    init() throws {
        let state = state
        let started = DetachedThread.start {
            var due = MonotonicClock.now
            while !state.change({ $0.isOver }) {
                due += WakeWitness.period
                var time = timespec(tv_sec: Int(due / 1_000_000_000), tv_nsec: Int(due % 1_000_000_000))
                while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
                let woken = MonotonicClock.now
                guard woken - due > WakeWitness.prompt else { continue }
                let wanted = due
                state.change { $0.late.append((wanted, woken)) }
                due = woken
            }
        }
        guard started else { throw TestFailure("no thread") }
    }

    /// By how much, nanoseconds, it was woken late at most in the last 100 ms before each of these instants.
    func lateness(before instants: [Int64]) -> Int64 {
        state.change { state in
            state.late.filter { late in
                instants.contains { late.due <= $0 && late.woken >= $0 - 100_000_000 }
            }.map { $0.woken - $0.due }.max() ?? 0
        }
    }

    /// Ends it.
    func stop() { state.change { $0.isOver = true } }
}
