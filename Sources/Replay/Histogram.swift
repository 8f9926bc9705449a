/// A division of time, with a row of a histogram for each part.
public enum Histogram: String, Sendable, CaseIterable {
    /// Each hour of the day.
    case hour
    /// Each day of the week.
    case weekday

    /// How wide the longest bar is.
    private static let width = 40

    /// The light's figures in one hour of the day or on one day of the week.
    public struct Row: Sendable, Hashable {
        /// `07`, or `Mon`.
        public var name: String
        /// The share of that time for which it was on, 0…1.
        public var litShare: Double
        /// The number of times that it went on.
        public var switchOns: Int
        /// The number of times that it went off on somebody.
        public var offOnSomebody: Int
    }

    /// A row for each hour or day.
    /// - Parameter exposure: as of ``HourOfWeek/exposure(from:to:)``.
    func rows(of result: ReplayResult, exposure: [Int64]) -> [Row] {
        names.enumerated().map { group, name in
            let hours = (0..<HourOfWeek.count).filter { index(of: $0) == group }
            let whole = hours.reduce(Int64(0)) { $0 + exposure[$1] }
            let lit = hours.reduce(Int64(0)) { $0 + result.litNanoseconds[$1] }
            return Row(
                name: name, litShare: whole > 0 ? Double(lit) / Double(whole) : 0,
                switchOns: hours.reduce(0) { $0 + result.switchOns[$1] },
                offOnSomebody: hours.reduce(0) { $0 + result.offOnSomebody[$1] })
        }
    }

    /// The rows as text, with a bar for each share.
    func lines(of rows: [Row]) -> [String] {
        let highest = rows.map(\.litShare).max() ?? 0
        var table = AlignedTable([self == .hour ? "hour" : "day", "of the time", "switch-ons", "off on somebody"])
        for row in rows {
            table.add([
                row.name, Figures.tenths(row.litShare * 100) + " %", Figures.grouped(row.switchOns),
                Figures.grouped(row.offOnSomebody),
            ])
        }
        return table.lines.enumerated().map { number, line in
            guard number > 0, rows[number - 1].litShare > 0 else { return line }
            return line + "  " + Histogram.bar(rows[number - 1].litShare / highest)
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
