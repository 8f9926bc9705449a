internal import Glibc

/// Ctrl-C and the like, as something to wait for in place of the process's end.
enum Interruption {
    /// The two ends of a pipe: all that a signal's handler may safely do is write a byte.
    private static let ends: [Int32] = {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return [-1, -1] }
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        return ends
    }()

    /// Returns at SIGINT or SIGTERM, or when the task is cancelled. A second one ends the process as usual.
    static func wait() async {
        let descriptor = ends[0]
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                var byte: UInt8 = 1
                _ = write(Interruption.ends[1], &byte, 1)
                _ = signal(number, SIG_DFL)
            }
        }
        var byte: UInt8 = 0
        while read(descriptor, &byte, 1) != 1, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(50)) }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
