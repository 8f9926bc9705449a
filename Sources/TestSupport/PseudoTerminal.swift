import Glibc
import Processes

/// A serial line's far end: what stands in for the device that a driver opens at ``path``.
public final class PseudoTerminal: Sendable {
    /// The path of the near end.
    public let path: String
    private let master: Int32

    /// Makes a line.
    public init() throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        var unlocked: Int32 = 0
        var number: Int32 = 0
        // - Source: asm-generic/ioctls.h: TIOCSPTLCK and TIOCGPTN.
        guard master >= 0, ioctl(master, 0x4004_5431, &unlocked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
            throw TestFailure("no pseudo-terminal: \(String(cString: strerror(errno)))")
        }
        path = "/dev/pts/\(number)"
    }

    deinit { close(master) }

    /// True while the line is as a terminal's is at a prompt: whole lines, echoed, Ctrl-C a signal.
    public var isAtPrompt: Bool {
        var settings = termios()
        let wanted = tcflag_t(ICANON | ECHO | ISIG)
        return tcgetattr(master, &settings) == 0 && settings.c_lflag & wanted == wanted
    }

    /// Sends bytes to whoever has the near end.
    public func say(_ bytes: [UInt8]) { _ = write(master, bytes, bytes.count) }

    /// The bytes that have come since the last look.
    public func heard() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(master, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }
}
