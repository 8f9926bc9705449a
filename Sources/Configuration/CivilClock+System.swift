internal import Glibc
public import Lighting
internal import Platform

extension CivilClock {
    /// The offsets of a time zone by its IANA name, or of the system's (nil), from a day before `now` on.
    ///
    /// - Parameter days: how far ahead they are looked up.
    /// - Returns: nil where the time zone database has no such zone.
    public static func system(timeZone: String?, from now: MeshInstant, days: Int = 400) -> CivilClock? {
        // Not by the environment's TZ: that is the whole process's, and the log's time stamps would follow.
        var zone: TimeZoneFile?
        if let timeZone {
            zone = TimeZoneDatabase.system.path(of: timeZone).flatMap(WholeFile.read).flatMap(TimeZoneFile.init)
            if zone == nil { return nil }
        } else {
            tzset()
        }
        func offset(at seconds: Int64) -> Int { zone?.secondsFromUTC(at: seconds) ?? systemOffset(at: seconds) }
        let start = now.nanoseconds / 1_000_000_000 - 86400
        var transitions = [Transition(from: .distantPast, secondsFromUTC: offset(at: start))]
        for day in 0..<days {
            var low = start + Int64(day) * 86400
            var high = low + 86400
            let before = offset(at: low)
            let after = offset(at: high)
            guard before != after else { continue }
            while high - low > 1 {
                let middle = (low + high) / 2
                if offset(at: middle) == before { low = middle } else { high = middle }
            }
            transitions.append(
                Transition(from: MeshInstant(nanoseconds: high * 1_000_000_000), secondsFromUTC: after))
        }
        return CivilClock(transitions: transitions)
    }

    private static func systemOffset(at seconds: Int64) -> Int {
        var time = time_t(seconds)
        var parts = tm()
        localtime_r(&time, &parts)
        return parts.tm_gmtoff
    }
}
