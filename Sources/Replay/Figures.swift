import Lighting

/// Numbers and times as people read them.
public enum Figures {
    /// `1,234,567`.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return number < 0 ? "-" + text : text
    }

    /// `1 line`, `1,234 lines`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// `1,234.5` with one decimal.
    static func tenths(_ number: Double) -> String {
        guard number.isFinite, number.magnitude < 1e15 else { return "–" }
        let tenths = Int((number * 10).rounded())
        return "\(tenths < 0 ? "-" : "")\(grouped(abs(tenths / 10))).\(abs(tenths % 10))"
    }

    /// `1,234.5`; `0.12` with two decimals below ten.
    static func short(_ number: Double) -> String {
        guard (0..<9.995).contains(number) else { return tenths(number) }
        let hundredths = Int64((number * 100).rounded())
        return "\(hundredths / 100).\(LogTime.two(hundredths % 100))"
    }

    /// A hold as people write it: `300s`; from ten minutes on as ``text(_:)``.
    static func hold(_ time: Duration) -> String {
        let isWhole = time.nanoseconds % 1_000_000_000 == 0
        return isWhole && time < .seconds(600) ? "\(time.nanoseconds / 1_000_000_000)s" : text(time)
    }

    /// `45s`, `2m 05s`, `3h 20m`, `12d 4h`; tenths of a second below ten seconds.
    public static func text(_ time: Duration) -> String {
        let seconds = time.nanoseconds / 1_000_000_000
        switch seconds {
        case ..<10:
            let tenths = time.nanoseconds / 100_000_000
            return tenths % 10 == 0 ? "\(tenths / 10)s" : "\(tenths / 10).\(tenths % 10)s"
        case ..<60: return "\(seconds)s"
        case ..<3600: return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds / 60)m \(LogTime.two(seconds % 60))s"
        case ..<86_400:
            let minutes = seconds / 60
            return minutes % 60 == 0 ? "\(minutes / 60)h" : "\(minutes / 60)h \(LogTime.two(minutes % 60))m"
        default: return "\(seconds / 86_400)d \(seconds / 3600 % 24)h"
        }
    }
}
