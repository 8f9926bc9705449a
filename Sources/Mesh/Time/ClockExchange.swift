internal import Lighting

/// A question and its answer: four stamps, of which two are of each clock.
///
/// What it proves, whatever the delays were: when the question went, the reference's clock showed no more than `t2`;
/// when the answer came, no less than `t3`. Offset and delay are made of these two facts.
///
/// - Source: RFC 5905, section 8; F. Cristian, "Probabilistic clock synchronization", Distributed Computing 3 (1989).
public struct ClockExchange: Sendable, Hashable {
    /// The instant at which the question went, nanoseconds of the own monotonic clock.
    public let t1: Int64
    /// The instant at which the question came, nanoseconds of mesh time.
    public let t2: Int64
    /// The instant at which the answer went, nanoseconds of mesh time.
    public let t3: Int64
    /// The instant at which the answer came, nanoseconds of the own monotonic clock.
    public let t4: Int64

    /// The exchange of these stamps; nil where they can't be true.
    public init?(t1: Int64, t2: Int64, t3: Int64, t4: Int64) {
        let sane = MeshInstant.distantPast.nanoseconds...MeshInstant.distantFuture.nanoseconds
        guard sane.contains(t2), sane.contains(t3), t1 <= t4, t2 <= t3, t1.magnitude < 1 << 60, t4.magnitude < 1 << 60
        else { return nil }
        // The other can't have taken longer to answer than we waited, but for the difference of the clocks' rates.
        let waited = Double(t4 - t1) * (1 + ClockAssumptions.relativeRate) + ClockAssumptions.resolution
        guard Double(t3 - t2) <= waited else { return nil }
        self.t1 = t1
        self.t2 = t2
        self.t3 = t3
        self.t4 = t4
    }

    /// At `t1`, mesh time less own monotonic time was at most this, nanoseconds.
    var upper: Int64 { t2 - t1 }
    /// At `t4`, mesh time less own monotonic time was at least this, nanoseconds.
    var lower: Int64 { t3 - t4 }
    /// Mesh time less own monotonic time if both ways took as long, nanoseconds; within half the delay of the truth.
    public var offset: Int64 { lower + (upper - lower) / 2 }
    /// The time that both ways took together, in nanoseconds.
    public var delay: Int64 { max(0, upper - lower) }
}
