internal import Glibc
internal import Lighting
internal import Platform

/// Times as people tell them.
enum HumanTime {
    /// `12 s ago`
    static func ago(_ instant: MeshInstant, now: MeshInstant) -> String {
        let seconds = (now - instant).seconds
        return seconds < 1 ? "just now" : span(seconds, precise: false) + " ago"
    }

    /// `3 d 4 h`, `2 min 5 s`; the larger unit alone where it needn't be precise.
    static func span(_ seconds: Double, precise: Bool = true) -> String {
        let total = Int(max(0, min(seconds, 1e10)))
        let units = [(86400, "d"), (3600, "h"), (60, "min"), (1, "s")]
        guard let place = units.firstIndex(where: { total >= $0.0 }) else { return "0 s" }
        let (size, name) = units[place]
        var text = "\(total / size) \(name)"
        if precise, place + 1 < units.count {
            let (smaller, smallerName) = units[place + 1]
            let rest = total % size / smaller
            if rest > 0 { text += " \(rest) \(smallerName)" }
        }
        return text
    }

    /// `2026-03-29 22:03:11` on this machine's clock.
    static func date(_ instant: MeshInstant) -> String {
        var time = time_t(instant.nanoseconds / 1_000_000_000)
        var parts = tm()
        localtime_r(&time, &parts)
        func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(1900 + Int(parts.tm_year))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday)) \(clock(instant))"
    }

    /// `22:03:11.052` on this machine's clock.
    static func clock(_ instant: MeshInstant, milliseconds: Bool = false) -> String {
        var time = time_t(instant.nanoseconds / 1_000_000_000)
        var parts = tm()
        localtime_r(&time, &parts)
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        let text = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }.joined(separator: ":")
        return milliseconds ? text + "." + padded(Int(instant.nanoseconds / 1_000_000 % 1000), 3) : text
    }
}

extension MeshInstant {
    /// This machine's time.
    static var now: MeshInstant {
        MeshInstant(nanoseconds: RealTimeClock.now)
    }
}
