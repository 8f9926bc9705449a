internal import CLinux
internal import Glibc
internal import MQTT

/// SIGTERM and SIGINT, as something to wait for.
final class StopSignals: Sendable {
    /// Readable once one came.
    let descriptor: Int32

    /// - Throws: `MQTTError` where the kernel has no descriptor left.
    init() throws(MQTTError) {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        // Before there is any other thread: those inherit it.
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
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
