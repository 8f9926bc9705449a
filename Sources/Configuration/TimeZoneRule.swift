internal import Glibc

/// What holds for ever in a time zone: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// - Source: POSIX.1-2024, "Environment Variables", TZ; with the hours from -167 to 167 of RFC 9636.
struct TimeZoneRule: Sendable, Hashable {
    /// A day of each year, and the time of day, in seconds, by the clock that holds until then.
    private struct Change: Sendable, Hashable {
        enum Day: Sendable, Hashable {
            /// The `week`th (5: the last) such `weekday` (0: Sunday) of a month.
            case weekday(month: Int, week: Int, weekday: Int)
            /// The day from 1 on; 29 February is none.
            case julian(Int)
            /// The day from 0 on.
            case ordinal(Int)
        }
        var day: Day
        var time: Int
    }

    /// Seconds east of UTC, in winter and in summer.
    private let standard: Int
    private var summer: Int?
    private var begin = Change(day: .ordinal(0), time: 0)
    private var end = Change(day: .ordinal(0), time: 0)

    /// The rule that `text` describes; nil for anything else.
    init?(_ text: Substring) {
        var rest = text.utf8[...]
        guard TimeZoneRule.skipName(&rest), let standard = TimeZoneRule.time(&rest) else { return nil }
        self.standard = -standard
        guard !rest.isEmpty else { return }
        guard TimeZoneRule.skipName(&rest) else { return nil }
        if let first = rest.first, first != UInt8(ascii: ",") {
            guard let offset = TimeZoneRule.time(&rest) else { return nil }
            summer = -offset
        } else {
            summer = self.standard + 3600
        }
        guard let begin = TimeZoneRule.change(&rest), let end = TimeZoneRule.change(&rest), rest.isEmpty else {
            return nil
        }
        (self.begin, self.end) = (begin, end)
    }

    /// The offset at an instant, in seconds since 1970.
    func secondsFromUTC(at seconds: Int64) -> Int {
        guard let summer else { return standard }
        var now = time_t(seconds + Int64(standard))
        var parts = tm()
        gmtime_r(&now, &parts)
        let year = Int64(parts.tm_year) + 1900
        let start = TimeZoneRule.seconds(of: begin, in: year) - Int64(standard)
        let stop = TimeZoneRule.seconds(of: end, in: year) - Int64(summer)
        // South of the equator summer is at both ends of the year.
        let isSummer = start < stop ? (start..<stop).contains(seconds) : !(stop..<start).contains(seconds)
        return isSummer ? summer : standard
    }

    /// The days from 1970-01-01 to the first of a month, 1…13.
    ///
    /// - Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`, for years after Christ.
    private static func days(to month: Int64, of year: Int64) -> Int64 {
        let (year, month) = month <= 2 ? (year - 1, month + 9) : (year, month - 3)
        return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 - 719_468
    }

    /// When a change comes, in seconds since 1970 by the clock on the wall.
    private static func seconds(of change: Change, in year: Int64) -> Int64 {
        let first = days(to: 1, of: year)
        let isLeap = days(to: 3, of: year) - first == 60
        let day: Int64
        switch change.day {
        case .ordinal(let number): day = first + Int64(number)
        case .julian(let number): day = first + Int64(number - (isLeap && number >= 60 ? 0 : 1))
        case .weekday(let month, let week, let weekday):
            let start = days(to: Int64(month), of: year)
            let next = days(to: Int64(month) + 1, of: year)
            // 1970-01-01 was a Thursday.
            let ahead = (Int64(weekday) - (start + 4) % 7 + 7) % 7
            var found = start + ahead + Int64(week - 1) * 7
            while found >= next { found -= 7 }
            day = found
        }
        return day * 86400 + Int64(change.time)
    }

    /// Letters, or anything in angle brackets.
    private static func skipName(_ rest: inout Substring.UTF8View) -> Bool {
        if rest.first == UInt8(ascii: "<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[rest.index(after: end)...]
            return true
        }
        let name = rest.prefix { (0x61...0x7a).contains($0 | 0x20) }
        rest = rest[name.endIndex...]
        return name.count >= 3
    }

    private static func number(_ rest: inout Substring.UTF8View, upTo most: Int) -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...3).contains(digits.count), let number = Int(String(Substring(digits))), number <= most else {
            return nil
        }
        rest = rest[digits.endIndex...]
        return number
    }

    private static func skip(_ byte: Character, _ rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == byte.asciiValue else { return false }
        rest.removeFirst()
        return true
    }

    /// `-3:30` in seconds.
    private static func time(_ rest: inout Substring.UTF8View) -> Int? {
        let isNegative = skip("-", &rest)
        if !isNegative { _ = skip("+", &rest) }
        guard var seconds = number(&rest, upTo: 167).map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] {
            guard skip(":", &rest) else { break }
            guard let part = number(&rest, upTo: 59) else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `,M10.5.0/3`
    private static func change(_ rest: inout Substring.UTF8View) -> Change? {
        guard skip(",", &rest) else { return nil }
        let day: Change.Day
        if skip("M", &rest) {
            guard let month = number(&rest, upTo: 12), month > 0, skip(".", &rest),
                let week = number(&rest, upTo: 5), week > 0, skip(".", &rest), let weekday = number(&rest, upTo: 6)
            else { return nil }
            day = .weekday(month: month, week: week, weekday: weekday)
        } else if skip("J", &rest) {
            guard let number = number(&rest, upTo: 365), number > 0 else { return nil }
            day = .julian(number)
        } else {
            guard let number = number(&rest, upTo: 365) else { return nil }
            day = .ordinal(number)
        }
        guard skip("/", &rest) else { return Change(day: day, time: 7200) }
        return time(&rest).map { Change(day: day, time: $0) }
    }
}
