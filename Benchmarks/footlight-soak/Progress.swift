internal import Glibc

/// One line on a terminal that says how far it is; nothing elsewhere.
struct Progress {
    private let total: UInt64
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var shownAt = ContinuousClock.now

    init(of total: UInt64) { self.total = total }

    mutating func show(_ tally: Tally) {
        guard isTerminal, ContinuousClock.now - shownAt > .milliseconds(200) else { return }
        shownAt = .now
        write("\r\u{1b}[K\(tally.count) of \(total) seeds, \(tally.failing.count) with a violation")
    }

    func clear() { if isTerminal { write("\r\u{1b}[K") } }

    private func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
