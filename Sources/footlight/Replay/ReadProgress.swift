internal import Glibc

/// How far reading has come, on a terminal, once it has taken two seconds.
struct ReadProgress {
    private let isShown = isatty(2) == 1
    private let start = ContinuousClock.now
    private var next = ContinuousClock.now + .seconds(2)
    private var path = ""
    private var size: Int64 = 0
    private var bytes: Int64 = 0
    private var hasWritten = false

    /// Begins with a file.
    mutating func begin(_ path: String, _ descriptor: Int32) {
        self.path = path == "-" ? "standard input" : path
        // Where a file can't be moved about in, its size isn't known.
        let here = lseek(descriptor, 0, SEEK_CUR)
        size = Int64(lseek(descriptor, 0, SEEK_END))
        lseek(descriptor, here, SEEK_SET)
        bytes = 0
    }

    /// Takes note of how far into the file it is, and shows it now and then.
    mutating func reach(_ offset: Int, lines: Int) {
        bytes = Int64(offset)
        guard isShown, ContinuousClock.now >= next else { return }
        next = .now + .milliseconds(200)
        hasWritten = true
        let share = size > 0 ? "\(min(100, bytes * 100 / size)) % of " : ""
        TerminalLine.show("reading \(share)\(path), \(lines) lines")
    }

    /// Takes the line away.
    mutating func end() { if hasWritten { TerminalLine.clear() } }
}
