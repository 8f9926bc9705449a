import Lighting

/// An instant as a log writes it: of some place's clock, or of one that the log tells.
struct LogInstant: Sendable, Hashable {
    /// Nanoseconds since 1970 of UTC, where the log tells the place's clock; else by that clock.
    var nanoseconds: Int64
    /// Whether it is of UTC for certain.
    var isZoned: Bool

    init(nanoseconds: Int64, isZoned: Bool) {
        self.nanoseconds = nanoseconds
        self.isZoned = isZoned
    }

    /// `2026-11-27T20:00:01.5+01:00` (also with a space for the T, without colon, without an offset, with Z); seconds,
    /// milli-, micro- or nanoseconds since 1970. Nil for anything else, a date alone too.
    init?(_ text: Span<UInt8>, _ range: Range<Int>) {
        if range.count >= 19, let days = LogTime.days(text, range.lowerBound..<range.lowerBound + 10) {
            let between = text[range.lowerBound + 10]
            guard between == 0x54 || between == 0x20 else { return nil }
            var end = range.lowerBound + 19
            if end < range.upperBound, text[end] == 0x2e {
                end += 1
                while end < range.upperBound, text[end] &- 0x30 < 10 { end += 1 }
            }
            guard let rest = LogTime.nanoseconds(text, range.lowerBound + 11..<end),
                let offset = LogInstant.offset(text, end..<range.upperBound)
            else { return nil }
            nanoseconds = days * LogTime.day + rest - (offset.seconds * 1_000_000_000)
            isZoned = offset.isTold
        } else {
            guard let epoch = LogInstant.epoch(text, range) else { return nil }
            nanoseconds = epoch
            isZoned = true
        }
    }

    /// The time as `clock` shows it: UTC's, if that is none. Where clocks are set back the hour passes at once.
    func time(on clock: CivilClock) -> MeshInstant {
        let instant = MeshInstant(nanoseconds: nanoseconds)
        return isZoned ? MeshInstant(nanoseconds: clock.reached(at: instant)) : instant
    }

    /// Seconds east of UTC of `Z`, `+01`, `+0100` or `+01:00`; none for an empty text.
    private static func offset(_ text: Span<UInt8>, _ range: Range<Int>) -> (seconds: Int64, isTold: Bool)? {
        guard let sign = range.first.map({ text[$0] }) else { return (0, false) }
        if range.count == 1, sign | 0x20 == 0x7a { return (0, true) }
        guard sign == 0x2b || sign == 0x2d, [3, 5, 6].contains(range.count) else { return nil }
        let hasColon = range.count == 6
        if hasColon, text[range.lowerBound + 3] != 0x3a { return nil }
        guard let hours = LogTime.number(text, range.lowerBound + 1, 2), hours < 24 else { return nil }
        var minutes: Int64 = 0
        if range.count > 3 {
            guard let given = LogTime.number(text, range.lowerBound + (hasColon ? 4 : 3), 2), given < 60 else {
                return nil
            }
            minutes = given
        }
        return ((sign == 0x2b ? 1 : -1) * (hours * 3600 + minutes * 60), true)
    }

    /// Since 1970, its unit told by its size: all of 1971…2099 in one are apart from those in another.
    private static func epoch(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        var whole = range.lowerBound
        while whole < range.upperBound, text[whole] &- 0x30 < 10 { whole += 1 }
        let digits = whole - range.lowerBound
        guard (8...19).contains(digits), let value = LogTime.number(text, range.lowerBound, digits) else { return nil }
        let units: [Int64] = [1_000_000_000, 1_000_000, 1000, 1]
        // 1971-01-01 and 2100-01-01.
        guard let unit = units.first(where: { (31_536_000...4_102_444_800).contains(value / (1_000_000_000 / $0)) })
        else {
            return nil
        }
        var nanoseconds = value * unit
        guard whole < range.upperBound else { return nanoseconds }
        guard text[whole] == 0x2e, range.upperBound - whole <= 10 else { return nil }
        var part = unit
        for index in whole + 1..<range.upperBound {
            let digit = text[index] &- 0x30
            guard digit < 10 else { return nil }
            part /= 10
            nanoseconds += Int64(digit) * part
        }
        return nanoseconds
    }
}
