/// A month of UTC: what is archived, and dropped, at once.
public struct RecordMonth: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The year.
    public let year: Int
    /// 1 to 12.
    public let month: Int

    /// The month that a text such as `2025-03` names; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), year >= 1970, (1...12).contains(month)
        else { return nil }
        self.init(year: year, month: month)
    }

    private init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    /// The month after.
    public var next: RecordMonth {
        month == 12 ? RecordMonth(year: year + 1, month: 1) : RecordMonth(year: year, month: month + 1)
    }

    /// Its instants, nanoseconds since 1970.
    public var instants: Range<Int64> { start..<next.start }

    /// Returns whether records of the month may still come: their age at which they are refused hasn't passed since its
    /// end.
    public func isOpen(at now: Int64) -> Bool {
        now < next.start + Int64(IngestLimits().ageDays + 1) * 86_400_000_000_000
    }

    /// Returns whether more than so many months have passed since its end, at an instant in seconds since 1970.
    public func isOlder(thanMonths count: Int, at now: Int) -> Bool {
        var (passed, month) = (0, next)
        while month.next.start <= Int64(now) * 1_000_000_000 { (passed, month) = (passed + 1, month.next) }
        return passed >= count
    }

    /// `2025-03`
    public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    /// By time.
    public static func < (a: RecordMonth, b: RecordMonth) -> Bool { (a.year, a.month) < (b.year, b.month) }

    /// Its first nanosecond.
    ///
    /// - Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil: years begin with March.
    private var start: Int64 {
        let shifted = month > 2 ? year : year - 1
        let day = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + day - 719_468
        return Int64(days) * 86_400_000_000_000
    }
}
