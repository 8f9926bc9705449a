extension LogSummary {
    /// The faults of the lines that weren't read: how many lines, and the first of them.
    public var faultLines: [String] {
        var lines: [String] = []
        if late > 0 {
            lines.append("\(Figures.count(late, "event")) too far out of order, left out:")
            lines += shown(lateFaults, of: late)
        }
        if malformed > 0 {
            lines.append("\(Figures.count(malformed, "malformed line")), left out:")
            lines += shown(faults, of: malformed)
        }
        return lines
    }

    /// The instant of the earliest line, to the second.
    public var firstText: String? { first.map(LogTime.textWithSeconds) }
    /// The instant of the latest line, to the second.
    public var lastText: String? { last.map(LogTime.textWithSeconds) }

    private func shown(_ faults: [LineFault], of number: Int) -> [String] {
        let more = number - faults.count
        return faults.map { "  \($0)" } + (more > 0 ? ["  … and \(Figures.grouped(more)) more"] : [])
    }
}
