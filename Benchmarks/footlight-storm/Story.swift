internal import Glibc
internal import Platform
internal import Processes

/// What was done and seen, each line with its second: all of it in the file `story`, the last minute told with a fault.
final class Story: Sendable {
    private let lines = Monitor<[(instant: Int64, text: String)]>([])
    private let start = MonotonicClock.now
    private let path: String

    init(folder: String) { path = folder + "/story" }

    /// Writes a line to standard output, at once.
    static func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Notes what happened.
    func note(_ text: String) {
        let now = MonotonicClock.now
        let tenths = (now - start) / 100_000_000
        let line = "\(tenths / 10).\(tenths % 10) s  \(text)"
        lines.change { $0.append((now, line)) }
        guard let file = fopen(path, "a") else { return }
        fputs(line + "\n", file)
        fclose(file)
    }

    /// What was noted in the last minute.
    var lastMinute: String {
        let since = MonotonicClock.now - 60_000_000_000
        return lines.change { $0.filter { $0.instant >= since }.map { "    " + $0.text }.joined(separator: "\n") }
    }
}
