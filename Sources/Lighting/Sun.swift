#if canImport(Glibc)
    private import Glibc
#elseif canImport(Musl)
    private import Musl
#endif

/// The times at which the sun rises and sets. Pure.
///
/// - Source: the positions are J. Meeus, "Astronomical Algorithms" (1998), ch. 25 (low accuracy, 0.01°) and 28 (equation of
///   time, W. M. Smart), as NOAA's solar calculator takes them; rising and setting are of the upper limb at sea level,
///   the sun's centre 50′ below the horizon (34′ of refraction and 16′ of radius), as the U.S. Naval Observatory has it.
public struct Sun: Sendable, Hashable {
    /// An event that happens once a day, in most places.
    public enum Event: String, Sendable, Hashable, CaseIterable {
        case sunrise
        case sunset
    }

    /// The time of an event of a day.
    public struct Time: Sendable, Hashable {
        /// The instant; where the sun doesn't rise (or set) on that day, its noon (or the midnight before or after),
        /// which is where the event goes to as the days get shorter (or the nights).
        public let instant: MeshInstant
        /// True if it takes place.
        public let isReal: Bool
    }

    /// The height of the sun's centre when its upper limb is on the horizon, degrees.
    private static let horizon = -50.0 / 60

    /// The place that it is seen from.
    public let location: Location

    /// The sun as it is seen from a place.
    public init(from location: Location) { self.location = location }

    /// Returns the time of an event on the day whose noon by the sun is nearest to that of ``day(at:)``.
    public func time(of event: Event, day: Int64) -> Time {
        let noon = noon(of: day)
        let midnight = event == .sunrise ? (noon + self.noon(of: day - 1)) / 2 : (noon + self.noon(of: day + 1)) / 2
        switch (height(at: noon) > Sun.horizon, height(at: midnight) > Sun.horizon) {
        case (true, false): return Time(instant: crossing(dark: midnight, light: noon), isReal: true)
        case (false, true): return Time(instant: crossing(dark: noon, light: midnight), isReal: true)
        case (true, true): return Time(instant: Sun.instant(midnight), isReal: false)
        case (false, false): return Time(instant: Sun.instant(noon), isReal: false)
        }
    }

    /// The day, since 1970-01-01, that it is by the mean sun at an instant.
    public func day(at instant: MeshInstant) -> Int64 {
        Int64(((Double(instant.nanoseconds) / 1e9 + location.longitude * 240) / 86400).rounded(.down))
    }

    /// The seconds since 1970 at which the sun is highest on a day.
    private func noon(of day: Int64) -> Double {
        let mean = Double(day) * 86400 + 43200 - location.longitude * 240
        return mean - Position(at: mean).equationOfTime
    }

    /// The sun's height above the horizon, degrees, at an instant in seconds since 1970.
    private func height(at seconds: Double) -> Double {
        let position = Position(at: seconds)
        let ofDay = (seconds + position.equationOfTime) / 86400
        let angle = ((ofDay - ofDay.rounded(.down)) * 360 - 180 + location.longitude) * .pi / 180
        let latitude = location.latitude * .pi / 180
        return asin(
            min(1, max(-1, sin(latitude) * position.sine + cos(latitude) * position.cosine * cos(angle)))) * 180 / .pi
    }

    /// The instant, to 0.1 s, at which it passes the horizon between one when it is below and one when it is above.
    private func crossing(dark: Double, light: Double) -> MeshInstant {
        var (dark, light) = (dark, light)
        while abs(light - dark) > 0.1 {
            let middle = (dark + light) / 2
            if height(at: middle) > Sun.horizon { light = middle } else { dark = middle }
        }
        return Sun.instant(light)
    }

    private static func instant(_ seconds: Double) -> MeshInstant {
        MeshInstant(nanoseconds: Int64(seconds * 1000) * 1_000_000)
    }

    /// Where the sun is in the sky, but for the turning of the Earth.
    private struct Position {
        /// Of the declination.
        let sine: Double
        let cosine: Double
        /// How much the true sun is ahead of the mean one, seconds.
        let equationOfTime: Double

        init(at seconds: Double) {
            let radians = Double.pi / 180
            // Julian centuries since 2000-01-01 12:00.
            let time = (seconds - 946_728_000) / (86400 * 36525)
            let longitude = (280.46646 + time * (36000.76983 + time * 0.0003032)) * radians
            let anomaly = (357.52911 + time * (35999.05029 - 0.0001537 * time)) * radians
            let eccentricity = 0.016708634 - time * (0.000042037 + 0.0000001267 * time)
            let centre =
                sin(anomaly) * (1.914602 - time * (0.004817 + 0.000014 * time))
                + sin(2 * anomaly) * (0.019993 - 0.000101 * time) + sin(3 * anomaly) * 0.000289
            let node = (125.04 - 1934.136 * time) * radians
            let apparent = longitude + (centre - 0.00569 - 0.00478 * sin(node)) * radians
            let obliquity = (23.4392911 - 0.0130042 * time + 0.00256 * cos(node)) * radians
            sine = sin(obliquity) * sin(apparent)
            cosine = sqrt(1 - sine * sine)
            let half = tan(obliquity / 2)
            let y = half * half
            let equation =
                y * sin(2 * longitude) - 2 * eccentricity * sin(anomaly)
                + 4 * eccentricity * y * sin(anomaly) * cos(2 * longitude) - y * y / 2 * sin(4 * longitude)
                - 1.25 * eccentricity * eccentricity * sin(2 * anomaly)
            equationOfTime = equation / radians * 240
        }
    }
}
