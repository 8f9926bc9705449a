public import Lighting

/// The 168 hours of a week, from Monday 00:00 on, by a log's own clock.
public enum HourOfWeek {
    /// The number of hours of a week.
    public static let count = 168

    /// The hour of an instant.
    static func index(of instant: MeshInstant) -> Int {
        let (days, rest) = LogTime.split(instant)
        return Int((days + 3) % 7 * 24 + rest / LogTime.hour)  // 1970-01-01 was a Thursday.
    }

    /// Adds the time between two instants to the hours that it falls in, in nanoseconds.
    static func add(_ start: MeshInstant, _ end: MeshInstant, to hours: inout [Int64]) {
        var now = start
        while now < end {
            let next = min(end, MeshInstant(nanoseconds: (now.nanoseconds / LogTime.hour + 1) * LogTime.hour))
            hours[index(of: now)] += next.nanoseconds - now.nanoseconds
            now = next
        }
    }

    /// Returns the time that each hour of the week had between two instants, in nanoseconds.
    public static func exposure(from start: MeshInstant, to end: MeshInstant) -> [Int64] {
        var hours = [Int64](repeating: 0, count: count)
        add(start, end, to: &hours)
        return hours
    }
}
