internal import CLinux
internal import Glibc

/// The heart of a loop: waits for descriptors, for signals and for an instant, on one thread. What is ready is found without
/// asking all that aren't.
package final class Poller {
    /// A watched descriptor's owner, by its number, and what came.
    package typealias Ready = (owner: Int, readable: Bool, writable: Bool)

    /// How many descriptors one wait tells of at most; the next tells of the others.
    private static let atATime = 64
    // Owners' numbers begin behind these.
    private static let timerMark: UInt64 = 0
    private static let signalMark: UInt64 = 1
    private static let firstOwner: UInt64 = 2

    private let epoll: Int32
    private let timer: Int32
    private let signals: Int32
    private var armed: Int64 = .max
    private var events = [epoll_event](repeating: epoll_event(), count: Poller.atATime)
    private var signalBuffer = [signalfd_siginfo](repeating: signalfd_siginfo(), count: 8)
    /// What the last ``wait(until:)`` found.
    package private(set) var ready: [Ready] = []
    /// Signals that came meanwhile.
    package private(set) var came: [Int32] = []

    /// - Parameter awaited: the signals that are to be told of. They, and SIGPIPE, don't end the process any more: to be called,
    ///   or ``block(_:)`` before it, while there is no other thread, since the others inherit that.
    /// - Throws: ``NoDescriptor`` when the kernel has none left.
    package init(signals awaited: [Int32]) throws(NoDescriptor) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        timer = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        var set = Poller.hold(awaited)
        signals = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
        guard epoll >= 0, timer >= 0, signals >= 0, watch(timer, as: Poller.timerMark),
            watch(signals, as: Poller.signalMark)
        else {
            throw NoDescriptor(errno: errno)
        }
        ready.reserveCapacity(Poller.atATime)
    }

    /// Keeps signals, and SIGPIPE, from ending the process: for the main thread before there is any other.
    package static func block(_ signals: [Int32]) { _ = hold(signals) }

    private static func hold(_ signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        return set
    }

    deinit {
        close(epoll)
        close(timer)
        close(signals)
    }

    /// Watches `descriptor` for `owner` (0 and up), for writing too if `forWriting`. It ceases to when the descriptor is
    /// closed; say so again for one that may be another of the same number.
    ///
    /// - Returns: whether the kernel does.
    @discardableResult
    package func watch(_ descriptor: Int32, for owner: Int, forWriting: Bool) -> Bool {
        watch(descriptor, as: Poller.firstOwner + UInt64(owner), forWriting: forWriting)
    }

    /// Waits until a watched descriptor is ready, a signal comes, or the monotonic instant `deadline`; then ``ready`` and
    /// ``came`` tell.
    package func wait(until deadline: Int64) {
        if deadline != armed { arm(deadline) }
        ready.removeAll(keepingCapacity: true)
        came.removeAll(keepingCapacity: true)
        let count = epoll_wait(epoll, &events, Int32(events.count), -1)
        for event in events.prefix(max(0, Int(count))) {
            switch event.data.u64 {
            case Poller.timerMark:
                var expirations: UInt64 = 0
                _ = read(timer, &expirations, 8)
                armed = .max
            case Poller.signalMark:
                // More than there are of them: one read is enough.
                let count = read(signals, &signalBuffer, signalBuffer.count * MemoryLayout<signalfd_siginfo>.stride)
                for info in signalBuffer.prefix(max(0, count) / MemoryLayout<signalfd_siginfo>.stride) {
                    came.append(Int32(info.ssi_signo))
                }
            case let mark:
                let isReadable = event.events & (EPOLLIN.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
                ready.append((Int(mark - Poller.firstOwner), isReadable, event.events & EPOLLOUT.rawValue != 0))
            }
        }
    }

    /// Whether there is anything to be told of without waiting.
    package var hasMore: Bool {
        var event = epoll_event()
        return epoll_wait(epoll, &event, 1, 0) > 0
    }

    private func watch(_ descriptor: Int32, as mark: UInt64, forWriting: Bool = false) -> Bool {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue | (forWriting ? EPOLLOUT.rawValue : 0)
        event.data.u64 = mark
        return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0
            || errno == EEXIST && epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) == 0
    }

    private func arm(_ deadline: Int64) {
        armed = deadline
        var specification = itimerspec()
        // Zero would disarm it: the past is now.
        let instant = max(deadline, 1)
        if deadline != .max {
            specification.it_value = timespec(
                tv_sec: Int(instant / 1_000_000_000), tv_nsec: Int(instant % 1_000_000_000))
        }
        timerfd_settime(timer, Int32(TFD_TIMER_ABSTIME), &specification, nil)
    }
}

/// The kernel has no descriptor left for this process.
package struct NoDescriptor: Error, CustomStringConvertible {
    private let code: Int32

    init(errno: Int32) { code = errno }

    package var description: String { "no descriptor left (\(String(cString: strerror(code)))); raise LimitNOFILE" }
}
