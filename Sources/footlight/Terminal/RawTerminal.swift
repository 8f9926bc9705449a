internal import Glibc

// What the terminal was like, where a signal's handler finds it. `nonisolated(unsafe)`: it is written before there is a
// handler, and one terminal is taken at a time.
nonisolated(unsafe) private var original = termios()

/// Makes the terminal what it was: by nothing that a signal's handler may not call.
private func giveBackTerminal() {
    let codes: StaticString = "\u{1b}[?25h\u{1b}[?1049l"
    _ = Glibc.write(1, codes.utf8Start, codes.utf8CodeUnitCount)
    tcsetattr(0, TCSANOW, &original)
}

/// The terminal as a page that is drawn anew, with keys that come at once. It is as before when this ends, and when a signal
/// ends the process.
final class RawTerminal {
    private static let endings = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]

    /// Whether there is anything to undo.
    private var isTaken = false

    /// Takes the terminal; nil where standard input or output is none.
    init?() {
        guard isatty(0) == 1, isatty(1) == 1, tcgetattr(0, &original) == 0 else { return nil }
        isTaken = true
        var raw = original
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        for ending in RawTerminal.endings {
            signal(ending) { number in
                giveBackTerminal()
                signal(number, SIG_DFL)
                raise(number)
            }
        }
        tcsetattr(0, TCSANOW, &raw)
        // Another page, no cursor.
        write("\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J")
    }

    deinit {
        guard isTaken else { return }
        giveBackTerminal()
        for ending in RawTerminal.endings { signal(ending, SIG_DFL) }
    }

    /// How many columns and rows there are.
    var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Draws a page of lines.
    func show(_ lines: [StyledLine]) {
        let rows = size.rows
        write("\u{1b}[H" + lines.prefix(rows).map { $0.written + "\u{1b}[K" }.joined(separator: "\r\n") + "\u{1b}[J")
    }

    /// The keys that were pressed and not yet read.
    func keys() -> [UInt8] {
        var entry = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 0) == 1 else { return [] }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(0, &bytes, bytes.count)
        // A terminal that is gone asks to quit.
        return count > 0 ? Array(bytes.prefix(count)) : [Key.quit]
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// Keys that mean something everywhere.
enum Key {
    static let quit = UInt8(ascii: "q")

    /// Whether a key ends what is shown: q, Escape, Ctrl-C, Ctrl-D.
    static func quits(_ key: UInt8) -> Bool { key == quit || key == 0x1b || key == 0x03 || key == 0x04 }
}
