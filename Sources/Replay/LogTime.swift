import Lighting

/// Dates and times of a log: local ones of an unknown place, taken as UTC.
enum LogTime {
    /// Nanoseconds of a day.
    static let day: Int64 = 86_400_000_000_000
    /// Nanoseconds of an hour.
    static let hour: Int64 = 3_600_000_000_000

    /// The days from 1970 to the date `yyyy-mm-dd`, nil where it is none of 1971…2099.
    static func days(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        guard range.count == 10, text[range.lowerBound + 4] == 0x2d, text[range.lowerBound + 7] == 0x2d,
            let year = number(text, range.lowerBound, 4), let month = number(text, range.lowerBound + 5, 2),
            let day = number(text, range.lowerBound + 8, 2), (1971...2099).contains(year), (1...12).contains(month),
            day >= 1, day <= length(of: month, in: year)
        else { return nil }
        return days(year: year, month: month, day: day)
    }

    /// The nanoseconds from midnight to `hh:mm:ss`, with up to nine digits after a point; nil where it is no time.
    static func nanoseconds(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        let start = range.lowerBound
        guard range.count >= 8, text[start + 2] == 0x3a, text[start + 5] == 0x3a, let hour = number(text, start, 2),
            let minute = number(text, start + 3, 2), let second = number(text, start + 6, 2), hour < 24, minute < 60,
            second < 60
        else { return nil }
        var fraction: Int64 = 0
        if range.count > 8 {
            guard text[start + 8] == 0x2e, range.count <= 18 else { return nil }
            let digits = range.count - 9
            guard let value = number(text, start + 9, digits) else { return nil }
            fraction = value
            for _ in digits..<9 { fraction *= 10 }
        }
        return ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + fraction
    }

    /// `2010-11-04 00:03`.
    static func text(_ instant: MeshInstant) -> String {
        let (date, rest) = split(instant)
        let minutes = rest / 60_000_000_000
        return "\(dateText(date)) \(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// `2010-11-04 00:03:50`.
    static func textWithSeconds(_ instant: MeshInstant) -> String {
        "\(text(instant)):\(two(split(instant).rest / 1_000_000_000 % 60))"
    }

    /// The whole days since 1970, and the nanoseconds of the day.
    static func split(_ instant: MeshInstant) -> (days: Int64, rest: Int64) {
        (instant.nanoseconds / day, instant.nanoseconds % day)
    }

    /// The number that so many digits are; nil where they aren't, or it can't be told.
    static func number(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Int64? {
        var value: Int64 = 0
        for index in start..<start + count {
            let digit = text[index] &- 0x30
            guard digit < 10 else { return nil }
            let (tens, isLarge) = value.multipliedReportingOverflow(by: 10)
            let (next, isLarger) = tens.addingReportingOverflow(Int64(digit))
            guard !isLarge, !isLarger else { return nil }
            value = next
        }
        return value
    }

    private static func length(of month: Int64, in year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// - Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// - Source: the same, civil_from_days; for days after 1970.
    private static func dateText(_ days: Int64) -> String {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civilMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
        return "\(year)-\(two(civilMonth))-\(two(dayOfYear - (153 * month + 2) / 5 + 1))"
    }

    static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
