internal import CLinux
internal import Glibc

/// An eventfd: any thread may signal it, one thread polls it.
package final class WakeUp: Sendable {
    /// Readable while signalled.
    package let descriptor: Int32

    /// One that isn't signalled.
    package init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Makes the descriptor readable.
    package func signal() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    /// Makes the descriptor unreadable again.
    package func clear() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }
}
