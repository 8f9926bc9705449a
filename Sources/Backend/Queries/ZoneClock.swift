internal import Configuration
internal import Lighting

/// The clocks of time zones.
enum ZoneClock {
    /// Whether this machine's database has a zone.
    static func isKnown(_ timeZone: String) -> Bool { TimeZoneDatabase.system.contains(timeZone) }

    /// A zone's clock (nil: this machine's own), over a time in nanoseconds since 1970.
    static func clock(_ timeZone: String?, from: Int64, to: Int64) -> CivilClock {
        let day: Int64 = 86_400_000_000_000
        let days = min(40_000, (to - from) / day + 3)
        return .system(timeZone: timeZone, from: MeshInstant(nanoseconds: from), days: Int(days)) ?? .utc
    }
}
