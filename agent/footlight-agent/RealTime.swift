internal import CLinux
internal import Glibc
internal import Synchronization

/// Asks the kernel for punctuality, and gives it back while it isn't needed.
enum RealTime {
    /// The priority asked for: above everything ordinary, below the kernel's own threads.
    private static let priority: Int32 = 20
    /// How long this thread may work in real time without a sleep until it becomes an ordinary one, and until the kernel ends the
    /// process, microseconds: whatever spins must not lock up a board with one core.
    private static let softLimit: rlim_t = 500_000
    private static let hardLimit: rlim_t = 2_000_000
    /// How long an ordinary thread may work without coming round, seconds: then it spins, and is to be started anew.
    private static let patience = 60
    private static let resetOnFork: Int32 = 0x4000_0000

    private static let isWanted = Atomic(false)
    private static let timesExceeded = Atomic(0)

    /// Whether this process has it, or had it until it had more to do than it may in real time.
    static var isGranted: Bool { isWanted.load(ordering: .relaxed) }

    /// Whether it is in force.
    static var isInForce: Bool { sched_getscheduler(0) & ~resetOnFork == SCHED_FIFO }

    /// How often the kernel's patience was at its end.
    static var exceeded: Int { timesExceeded.load(ordering: .relaxed) }

    /// Makes this thread, the process's first, a SCHED_FIFO one, where that is allowed.
    ///
    /// - Returns: whether it is.
    static func request() -> Bool {
        timesExceeded.store(0, ordering: .relaxed)
        signal(SIGXCPU) { _ in RealTime.exceed() }
        signal(SIGPROF) { _ in RealTime.giveUp() }
        let isGranted = resume()
        isWanted.store(isGranted, ordering: .relaxed)
        return isGranted
    }

    /// Goes on in real time.
    @discardableResult
    static func resume() -> Bool {
        // The kernel raises the limit each time that it is exceeded.
        var limit = rlimit(rlim_cur: softLimit, rlim_max: hardLimit)
        setrlimit(__rlimit_resource_t(15), &limit)  // RLIMIT_RTTIME, which the module map doesn't have.
        watch(seconds: 0)
        return set(SCHED_FIFO, priority: priority)
    }

    /// Goes on as an ordinary thread. To be said again whenever the loop comes round: whoever doesn't, spins.
    static func yield() {
        set(SCHED_OTHER, priority: 0)
        watch(seconds: patience)
    }

    @discardableResult
    private static func set(_ policy: Int32, priority: Int32) -> Bool {
        var parameters = sched_param(sched_priority: priority)
        // The first thread has the process's number.
        return sched_setscheduler(getpid(), policy | resetOnFork, &parameters) == 0
    }

    private static func watch(seconds: Int) {
        var timer = itimerval(
            it_interval: timeval(tv_sec: 0, tv_usec: 0), it_value: timeval(tv_sec: seconds, tv_usec: 0))
        setitimer(__itimer_which_t(2), &timer, nil)  // ITIMER_PROF: by the processor's time.
    }

    /// SIGXCPU: half a second without a sleep. In a signal's handler.
    private static func exceed() {
        timesExceeded.add(1, ordering: .relaxed)
        yield()
    }

    /// SIGPROF: a minute without coming round. In a signal's handler.
    private static func giveUp() {
        let line: StaticString = "footlight-agent: worked for a minute without coming round; ends, to be started anew\n"
        _ = write(2, line.utf8Start, line.utf8CodeUnitCount)
        _exit(EX_SOFTWARE)
    }
}
