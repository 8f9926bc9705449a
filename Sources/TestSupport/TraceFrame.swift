/// A line of a `trace` output: what was written to a bar, and when.
package struct TraceFrame: Decodable, Sendable, Hashable {
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    package let t: Int64
    /// `node/bar`
    package let bar: String
    /// 0…1
    package let lightness: Double
    /// 0…65535 each.
    package let channels: [UInt16]

    /// Whether no light comes: a lightness that rounds to no light counts.
    package var isDark: Bool { channels.allSatisfy { $0 == 0 } }
}
