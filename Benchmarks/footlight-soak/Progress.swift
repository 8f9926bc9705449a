internal import Glibc

/// How far it is: one line on a terminal that changes, elsewhere a line every half minute.
struct Progress {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var shownAt = ContinuousClock.now

    /// `line` is asked for only when it is time for one.
    mutating func show(_ line: () -> String) {
        guard ContinuousClock.now - shownAt > (isTerminal ? .milliseconds(200) : .seconds(30)) else { return }
        shownAt = .now
        write(isTerminal ? "\r\u{1b}[K" + line() : line() + "\n")
    }

    /// A line that stays.
    func tell(_ line: String) {
        clear()
        write(line + "\n")
    }

    func clear() { if isTerminal { write("\r\u{1b}[K") } }

    private func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
