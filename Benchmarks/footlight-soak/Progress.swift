internal import Glibc

/// How far it is: one line on a terminal that changes, elsewhere a line every half minute.
struct Progress {
    private let total: UInt64
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let began = ContinuousClock.now
    private var shownAt = ContinuousClock.now

    init(of total: UInt64) { self.total = total }

    mutating func show(_ tally: Tally) {
        guard ContinuousClock.now - shownAt > (isTerminal ? .milliseconds(200) : .seconds(30)) else { return }
        shownAt = .now
        let line =
            "\(tally.count) of \(total) seeds, \(tally.failing.count) with a violation, "
            + "\(tally.speed(after: .now - began)) node-hours per second"
        write(isTerminal ? "\r\u{1b}[K" + line : line + "\n")
    }

    func clear() { if isTerminal { write("\r\u{1b}[K") } }

    private func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
