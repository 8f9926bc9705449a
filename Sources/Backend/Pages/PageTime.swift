internal import Glibc
internal import Lighting

/// Times and figures as pages tell them: by the clock of whoever looks.
struct PageTime: Sendable {
    let clock: CivilClock
    /// The clock's time zone; nil: this machine's own.
    let timeZone: String?
    /// Now, nanoseconds since 1970.
    let now: Int64

    init(timeZone: String?, now: Int64) {
        let known = timeZone.flatMap { ZoneClock.isKnown($0) ? $0 : nil }
        self.timeZone = known
        self.now = now
        clock = ZoneClock.clock(known, from: now - PageSpan.year.nanoseconds, to: now)
    }

    /// `2026-11-28 21:03:05`
    func full(_ instant: Int64) -> String { date(instant) + " " + time(instant) }

    /// `2026-11-28`
    func date(_ instant: Int64) -> String {
        let parts = parts(instant)
        return "\(1900 + Int(parts.tm_year))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    }

    /// `21:03:05`, or `21:03`
    func time(_ instant: Int64, seconds: Bool = true) -> String {
        let parts = parts(instant)
        let text = "\(padded(parts.tm_hour)):\(padded(parts.tm_min))"
        return seconds ? text + ":\(padded(parts.tm_sec))" : text
    }

    /// An instant for people and programs.
    func html(_ instant: Int64) -> HTML {
        "<time datetime=\"\(PageTime(utcAt: now).iso(instant))\">\(full(instant))</time>"
    }

    /// How long ago an instant is; nothing for none.
    func brief(_ instant: Int64?) -> HTML {
        guard let instant else { return "–" }
        return "<time datetime=\"\(PageTime(utcAt: now).iso(instant))\">\(PageTime.span(now - instant)) ago</time>"
    }

    /// An instant and how long ago that is; nothing for none.
    func ago(_ instant: Int64?) -> HTML {
        guard let instant else { return "–" }
        return "\(html(instant)) <span class=\"muted\">\(PageTime.span(now - instant)) ago</span>"
    }

    /// `2 h 5 min`; the larger unit alone from days on.
    static func span(_ nanoseconds: Int64) -> String {
        let seconds = max(0, nanoseconds / 1_000_000_000)
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<86_400: return "\(seconds / 3600) h" + (seconds % 3600 / 60 > 0 ? " \(seconds % 3600 / 60) min" : "")
        default: return "\(seconds / 86_400) d"
        }
    }

    /// `2.5 ms`, `1.2 s`; nothing for none.
    static func short(_ nanoseconds: Int64?) -> String {
        guard let nanoseconds else { return "–" }
        // In tenths: of milliseconds, or of seconds.
        let (unit, name): (Int64, String) =
            nanoseconds.magnitude < 1_000_000_000 ? (100_000, "ms") : (100_000_000, "s")
        let tenths = (nanoseconds.magnitude + UInt64(unit) / 2) / UInt64(unit)
        let sign = nanoseconds < 0 && tenths > 0 ? "−" : ""
        return "\(sign)\(tenths / 10)" + (tenths % 10 > 0 ? ".\(tenths % 10)" : "") + " \(name)"
    }

    /// `1 234 567`
    static func count(_ number: Int64) -> String {
        let digits = Array("\(number)")
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202f}" }
            text.append(digit)
        }
        return text
    }

    private init(utcAt now: Int64) {
        clock = .utc
        timeZone = nil
        self.now = now
    }

    private func iso(_ instant: Int64) -> String { date(instant) + "T" + time(instant) + "Z" }

    private func parts(_ instant: Int64) -> tm {
        var seconds = time_t(instant / 1_000_000_000)
        seconds += clock.secondsFromUTC(at: MeshInstant(nanoseconds: instant))
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return parts
    }

    private func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
