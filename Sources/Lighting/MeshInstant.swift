/// An instant of mesh time: nanoseconds since 1970 as the mesh's time reference holds them.
public struct MeshInstant: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public var nanoseconds: Int64

    /// The instant `nanoseconds` after 1970.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The instant `seconds` after 1970; what doesn't fit (292 years) becomes the nearest that does.
    init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        nanoseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Far enough before anything that is planned, and far enough from the ends of the integer to calculate with.
    public static let distantPast = MeshInstant(nanoseconds: 0)
    /// The year 2100: after anything that is planned.
    public static let distantFuture = MeshInstant(nanoseconds: 4_102_444_800_000_000_000)

    /// The instant `duration` later.
    public static func + (instant: MeshInstant, duration: Duration) -> MeshInstant {
        MeshInstant(nanoseconds: instant.nanoseconds &+ duration.nanoseconds)
    }

    /// The instant `duration` earlier.
    public static func - (instant: MeshInstant, duration: Duration) -> MeshInstant {
        MeshInstant(nanoseconds: instant.nanoseconds &- duration.nanoseconds)
    }

    /// The time from `b` to `a`.
    public static func - (a: MeshInstant, b: MeshInstant) -> Duration {
        .nanoseconds(a.nanoseconds &- b.nanoseconds)
    }

    /// The order of time.
    public static func < (a: MeshInstant, b: MeshInstant) -> Bool { a.nanoseconds < b.nanoseconds }

    /// Seconds since 1970 with nine decimals.
    public var description: String {
        let fraction = String(nanoseconds.magnitude % 1_000_000_000)
        let zeros = String(repeating: "0", count: 9 - fraction.count)
        return "\(nanoseconds < 0 ? "-" : "")\(nanoseconds.magnitude / 1_000_000_000).\(zeros)\(fraction)"
    }
}
