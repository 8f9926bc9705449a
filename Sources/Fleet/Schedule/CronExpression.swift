public import Lighting

/// A recurrence in the form of cron: `minute hour day-of-month month day-of-week`.
///
/// Each field is `*` or a list of numbers, ranges and steps: `0,30`, `1-5`, `*/15`, `8-18/2`. Days of the week are 0–7
/// (0 and 7: Sunday) or `mon`…`sun`. Where both days are restricted, either suffices.
///
/// - Source: POSIX.1-2024, crontab.
public struct CronExpression: Sendable, Hashable {
    /// The form that a recurrence has, for an error message.
    public static let form =
        "five fields, as in \"0 22 * * mon-fri\": minute, hour, day of the month, month, day of the week"

    /// The text that it was made of.
    public let text: String
    private let times: [TimeOfDay]
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    private let anyDay: Bool
    private let anyWeekday: Bool

    /// The expression that `text` describes; nil for anything else, and for what never happens (`0 0 31 2 *`).
    public init?(text: String) {
        let fields = text.split(separator: " ", omittingEmptySubsequences: true)
        guard fields.count == 5, text.utf8.count <= 256,
            let minutes = CronExpression.numbers(fields[0], 0...59),
            let hours = CronExpression.numbers(fields[1], 0...23),
            let days = CronExpression.numbers(fields[2], 1...31),
            let months = CronExpression.numbers(fields[3], 1...12),
            let weekdays = CronExpression.numbers(
                fields[4], 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])
        else { return nil }
        self.text = fields.joined(separator: " ")
        times = hours.sorted().flatMap { hour in
            minutes.sorted().compactMap { TimeOfDay(hour: hour, minute: $0) }
        }
        self.days = days
        self.months = months
        self.weekdays = Set(weekdays.map { $0 % 7 })
        anyDay = fields[2].hasPrefix("*")
        anyWeekday = fields[4].hasPrefix("*")
        // Eight years hold every date that there is, leap days around 2100 apart.
        let epoch = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)
        guard first(after: epoch, on: .utc) != nil else { return nil }
    }

    /// The first instant after `instant` at which it recurs on this clock. A time that clocks skip in spring is that of
    /// the skip; one that they show twice in autumn counts once, the first time.
    public func first(after instant: MeshInstant, on clock: CivilClock) -> MeshInstant? {
        let today = clock.localDay(at: instant)
        for day in (today - 1)...(today + 366 * 8) where matches(day: day) {
            for time in times {
                let candidate = clock.instant(of: time, day: day)
                if candidate > instant { return candidate }
            }
        }
        return nil
    }

    /// The last instant not after `instant` at which it recurred on this clock, as far back as `days` days.
    public func last(notAfter instant: MeshInstant, on clock: CivilClock, days: Int64 = 400) -> MeshInstant? {
        let today = clock.localDay(at: instant)
        for day in stride(from: today + 1, through: today - days, by: -1) where matches(day: day) {
            for time in times.reversed() {
                let candidate = clock.instant(of: time, day: day)
                if candidate <= instant { return candidate }
            }
        }
        return nil
    }

    private func matches(day: Int64) -> Bool {
        let date = CivilDate(day: day)
        guard months.contains(date.month) else { return false }
        let isDay = days.contains(date.day)
        // 1970-01-01 was a Thursday.
        let isWeekday = weekdays.contains(Int(((day + 4) % 7 + 7) % 7))
        return anyDay || anyWeekday ? isDay && isWeekday : isDay || isWeekday
    }

    private static func numbers(
        _ field: Substring, _ range: ClosedRange<Int>, names: [String] = []
    ) -> Set<Int>? {
        func number(_ text: Substring) -> Int? {
            if let index = names.firstIndex(of: text.lowercased()) { return index }
            guard (1...2).contains(text.utf8.count), let number = Int(text), range.contains(number) else { return nil }
            return number
        }
        var result: Set<Int> = []
        for item in field.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(parts.count) else { return nil }
            var step = 1
            if parts.count == 2 {
                guard let given = Int(parts[1]), (1...60).contains(given) else { return nil }
                step = given
            }
            let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
            if parts[0] == "*" {
                result.formUnion(stride(from: range.lowerBound, through: range.upperBound, by: step))
            } else if ends.count == 1, parts.count == 1, let only = number(ends[0]) {
                result.insert(only)
            } else if ends.count == 2, let from = number(ends[0]), let to = number(ends[1]), from <= to {
                result.formUnion(stride(from: from, through: to, by: step))
            } else {
                return nil
            }
        }
        return result
    }
}
