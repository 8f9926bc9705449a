/// A line of a `trace` output: what was written to a bar, and when.
struct TraceFrame: Decodable, Sendable, Hashable {
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    let t: Int64
    /// `node/bar`
    let bar: String
    /// 0…1
    let lightness: Double
    /// 0…65535 each.
    let channels: [UInt16]

    /// Whether no light comes: a lightness that rounds to no light counts.
    var isDark: Bool { channels.allSatisfy { $0 == 0 } }
}
