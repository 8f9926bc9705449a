internal import CLinux
internal import Glibc
internal import MQTT

/// SIGTERM and SIGINT, as something to wait for.
final class StopSignals: Sendable {
    /// Readable once one came.
    let descriptor: Int32

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        return set
    }

    /// Keeps the signals from ending the process: to be called on the main thread before there is any other, which
    /// then inherits it.
    static func block() {
        var set = set
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// - Throws: `MQTTError` where the kernel has no descriptor left.
    init() throws(MQTTError) {
        var set = StopSignals.set
        descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
        guard descriptor >= 0 else {
            throw MQTTError(
                .configurationInvalid, "no descriptor left (\(String(cString: strerror(errno)))); raise LimitNOFILE")
        }
    }

    deinit { close(descriptor) }

    /// Whether one came since it was last asked.
    func came() -> Bool {
        var info = signalfd_siginfo()
        return read(descriptor, &info, MemoryLayout<signalfd_siginfo>.size) > 0
    }
}
