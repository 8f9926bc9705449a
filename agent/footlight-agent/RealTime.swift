internal import Glibc

/// Asks the kernel for punctuality.
enum RealTime {
    /// The priority asked for: above everything ordinary, below the kernel's own threads.
    private static let priority: Int32 = 20

    /// Whether this process has it.
    static var isGranted: Bool { sched_getscheduler(0) & ~0x4000_0000 == SCHED_FIFO }

    /// Makes this thread a SCHED_FIFO one, where that is allowed.
    ///
    /// - Returns: whether it is.
    static func request() -> Bool {
        // A fault that spins must not lock up a board with one core: a second without a pause ends the process.
        var limit = rlimit(rlim_cur: 1_000_000, rlim_max: 1_000_000)
        setrlimit(__rlimit_resource_t(15), &limit)  // RLIMIT_RTTIME, which the module map doesn't have.
        var parameters = sched_param(sched_priority: priority)
        return sched_setscheduler(0, SCHED_FIFO | 0x4000_0000, &parameters) == 0  // | SCHED_RESET_ON_FORK
    }
}
