internal import CLinux
internal import Glibc
internal import Lighting

/// Waits for descriptors and for an instant, on one thread.
final class Poller {
    /// What a descriptor is waited for, and what came.
    struct Interest {
        var descriptor: Int32
        var wantsWrite: Bool
    }

    private let timer: Int32
    private let signals: Int32
    private var armed: Int64 = .max
    private var entries: [pollfd] = []

    /// - Throws: ``AgentError`` when the kernel has no descriptor left.
    init() throws(AgentError) {
        timer = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_NONBLOCK | TFD_CLOEXEC))
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGUSR1)
        sigprocmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        signals = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
        guard timer >= 0, signals >= 0 else {
            throw AgentError(description: "no descriptor left (\(String(cString: strerror(errno)))); raise LimitNOFILE")
        }
    }

    deinit {
        close(timer)
        close(signals)
    }

    /// Waits until one of `interests` is ready, a signal comes, or the monotonic instant `deadline`.
    ///
    /// - Returns: what of each interest is ready, and which signals came.
    func wait(
        _ interests: [Interest], until deadline: Int64
    ) -> (ready: [(readable: Bool, writable: Bool)], signals: [Int32]) {
        if deadline != armed { arm(deadline) }
        entries.removeAll(keepingCapacity: true)
        entries.append(pollfd(fd: signals, events: Int16(POLLIN), revents: 0))
        entries.append(pollfd(fd: timer, events: Int16(POLLIN), revents: 0))
        for interest in interests {
            let events = interest.wantsWrite ? POLLIN | POLLOUT : POLLIN
            entries.append(pollfd(fd: interest.descriptor, events: Int16(events), revents: 0))
        }
        _ = poll(&entries, nfds_t(entries.count), -1)
        if entries[1].revents != 0 {
            var expirations: UInt64 = 0
            _ = read(timer, &expirations, 8)
            armed = .max
        }
        var came: [Int32] = []
        if entries[0].revents != 0 {
            var info = signalfd_siginfo()
            while read(signals, &info, MemoryLayout<signalfd_siginfo>.size) > 0 { came.append(Int32(info.ssi_signo)) }
        }
        let ready = entries.dropFirst(2).map { entry in
            let events = Int32(entry.revents)
            return (readable: events & (POLLIN | POLLERR | POLLHUP) != 0, writable: events & POLLOUT != 0)
        }
        return (ready, came)
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
