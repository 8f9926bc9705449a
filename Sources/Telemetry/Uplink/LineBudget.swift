/// How many lines of a log become records: a flood of them leaves room for what else there is.
struct LineBudget: Sendable {
    /// So many within a minute; how many more there were is told with the first that comes after it.
    static let limit = 60
    private static let minute: Int64 = 60_000_000_000

    private var since: Int64?
    private var count = 0
    private var leftOut = 0

    /// What of a log is to be kept.
    ///
    /// - Parameters:
    ///   - lines: oldest first.
    ///   - more: how many came after them that whoever gathered them had no room for.
    ///   - now: on the monotonic clock.
    mutating func admit(_ lines: [LogLine], andMore more: Int, at now: Int64) -> [LogLine] {
        var admitted: [LogLine] = []
        if since.map({ now - $0 >= LineBudget.minute }) ?? true {
            if leftOut > 0 {
                let text = "the log has \(leftOut) more lines before this one; \(LineBudget.limit) a minute are kept"
                admitted.append(LogLine(level: .warning, text: text))
            }
            (since, count, leftOut) = (now, 0, 0)
        }
        let room = LineBudget.limit - count
        admitted += lines.prefix(room)
        count += min(room, lines.count)
        leftOut += max(0, lines.count - room) + more
        return admitted
    }
}
