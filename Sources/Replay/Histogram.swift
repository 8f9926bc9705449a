/// What a histogram has a row for.
public enum Histogram: String, Sendable, CaseIterable {
    /// Each hour of the day.
    case hour
    /// Each day of the week.
    case weekday

    /// How wide the longest bar is.
    private static let width = 40

    /// The rows: how much of that time the light was on, how often it went on, and how often off on somebody.
    /// - Parameter exposure: as of ``HourOfWeek/exposure(from:to:)``.
    public func lines(of result: ReplayResult, exposure: [Int64]) -> [String] {
        let groups = names.indices.map { group in (0..<HourOfWeek.count).filter { index(of: $0) == group } }
        let shares = groups.map { hours in
            let whole = hours.reduce(Int64(0)) { $0 + exposure[$1] }
            return whole > 0 ? Double(hours.reduce(Int64(0)) { $0 + result.litNanoseconds[$1] }) / Double(whole) : 0
        }
        let highest = shares.max() ?? 0
        var table = AlignedTable([self == .hour ? "hour" : "day", "of the time", "switch-ons", "off on somebody"])
        for (group, hours) in groups.enumerated() {
            table.add([
                names[group], Figures.tenths(shares[group] * 100) + " %",
                Figures.grouped(hours.reduce(0) { $0 + result.switchOns[$1] }),
                Figures.grouped(hours.reduce(0) { $0 + result.offOnSomebody[$1] }),
            ])
        }
        return table.lines.enumerated().map { row, line in
            row == 0 || shares[row - 1] == 0 ? line : line + "  " + Histogram.bar(shares[row - 1] / highest)
        }
    }

    private var names: [String] {
        switch self {
        case .hour: (0..<24).map { LogTime.two($0) }
        case .weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        }
    }

    private func index(of hour: Int) -> Int { self == .hour ? hour % 24 : hour / 24 }

    /// A bar in eighths of a letter; something, however short.
    private static func bar(_ share: Double) -> String {
        let eighths = max(1, Int((share * Double(width * 8)).rounded()))
        let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: eighths / 8) + rest
    }
}
