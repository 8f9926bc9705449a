extension Duration {
    /// The forms that ``init(text:)`` takes, for an error message.
    public static let textForms = "a duration is a number with its unit: ms, s, m or h"

    private static let units: [(suffix: String, nanoseconds: Int64)] = [
        ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// The duration that people write as `400ms`, `1.5s`, `60s`, `10m` or `1h`; nil for anything else.
    ///
    /// What is longer than 292 years is 292 years.
    public init?(text: String) {
        for unit in Duration.units where text.hasSuffix(unit.suffix) {
            guard let nanoseconds = DecimalText.scaled(text.dropLast(unit.suffix.count), by: unit.nanoseconds) else {
                continue
            }
            self = .nanoseconds(nanoseconds)
            return
        }
        return nil
    }

    /// The duration as people write it, which ``init(text:)`` reads; to the microsecond.
    public var text: String {
        let (seconds, attoseconds) = components
        if seconds < 0 || attoseconds < 0 { return "-" + (.zero - self).text }
        if attoseconds == 0 {
            if seconds > 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
            if seconds > 60, seconds % 60 == 0 { return "\(seconds / 60)m" }
            return "\(seconds)s"
        }
        let microseconds = attoseconds / 1_000_000_000_000
        if seconds == 0 { return Duration.decimal(microseconds / 1000, microseconds % 1000, digits: 3) + "ms" }
        return Duration.decimal(seconds, microseconds, digits: 6) + "s"
    }

    private static func decimal(_ whole: Int64, _ fraction: Int64, digits: Int) -> String {
        guard fraction > 0 else { return "\(whole)" }
        var text = "\(fraction)"
        text = String(repeating: "0", count: digits - text.count) + text
        while text.hasSuffix("0") { text.removeLast() }
        return "\(whole).\(text)"
    }
}
