/// The time at which an entry of a profile begins.
public enum ProfileTime: Sendable, Hashable {
    /// At a time of day on the zone's clock.
    case clock(TimeOfDay)
    /// So long after the sun rises or sets; before it, where negative. Whole minutes.
    case sun(Sun.Event, offset: Duration)

    /// The distances from the sun's rising or setting at which an entry may begin, ±6 h: half a day would be the other
    /// one's.
    public static let offsetRange = Duration.seconds(-6 * 3600)...Duration.seconds(6 * 3600)

    /// The time written as `22:00`, `sunset`, `sunrise + 1h30m` or `sunset - 30m`; nil for anything else.
    public init?(text: String) {
        if let time = TimeOfDay(text: text) {
            self = .clock(time)
            return
        }
        let text = text.filter { $0 != " " }
        guard let event = Sun.Event.allCases.first(where: { text.hasPrefix($0.rawValue) }) else { return nil }
        let rest = text.dropFirst(event.rawValue.count)
        guard let sign = rest.first else {
            self = .sun(event, offset: .zero)
            return
        }
        guard sign == "+" || sign == "-", let minutes = ProfileTime.minutes(rest.dropFirst()) else { return nil }
        let offset = Duration.seconds((sign == "-" ? -60 : 60) * minutes)
        guard ProfileTime.offsetRange.contains(offset) else { return nil }
        self = .sun(event, offset: offset)
    }

    /// The minutes of `45m`, `2h` or `1h30m`.
    private static func minutes(_ text: Substring) -> Int? {
        func number(_ text: Substring) -> Int? {
            (1...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
        }
        let parts = text.split(separator: "h", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 1 { return text.hasSuffix("m") ? number(text.dropLast()) : nil }
        guard let hours = number(parts[0]) else { return nil }
        if parts[1].isEmpty { return hours * 60 }
        guard parts[1].hasSuffix("m"), let minutes = number(parts[1].dropLast()) else { return nil }
        return hours * 60 + minutes
    }

    /// `06:30`, `sunset`, `sunset - 30m`
    public var text: String {
        switch self {
        case .clock(let time): return time.text
        case .sun(let event, let offset):
            let minutes = abs(offset.nanoseconds) / 60_000_000_000
            guard minutes > 0 else { return event.rawValue }
            let hours = minutes / 60 > 0 ? "\(minutes / 60)h" : ""
            let rest = minutes % 60 > 0 ? "\(minutes % 60)m" : ""
            return event.rawValue + (offset < .zero ? " - " : " + ") + hours + rest
        }
    }

    /// The forms that are understood, for messages.
    public static let textForms =
        "an entry begins at a time from 00:00 to 23:59, at sunrise or sunset, or up to 6h before or after one of these"

    /// Where it stands in the order of a day, in minutes: the sun rises at six and sets at eighteen, as a rule.
    var minutes: Int {
        switch self {
        case .clock(let time): time.minutes
        case .sun(let event, let offset):
            (event == .sunrise ? 360 : 1080) + Int(offset.nanoseconds / 60_000_000_000)
        }
    }

    /// The time of day, where it is one.
    var timeOfDay: TimeOfDay? { if case .clock(let time) = self { time } else { nil } }
}
