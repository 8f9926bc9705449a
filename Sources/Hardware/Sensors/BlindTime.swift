internal import Lighting

/// Allows for a sensor that sees nothing for a while after its pulse: its motion ends when it could see again.
///
/// A pulse that follows sooner is motion anew, after a pause of no length: a sensor that only pauses like that isn't stuck.
public struct BlindTime: Sendable {
    private let period: Int64
    private var isActive: Bool
    /// When the motion is over, unless a pulse follows.
    private var endsAt: Int64?

    /// A sensor whose pulse lasts or doesn't.
    public init(period: Duration, isActive: Bool) {
        self.period = period.nanoseconds
        self.isActive = isActive
    }

    /// The instant at which ``settle(at:)`` must be called next; nil: none.
    public var nextDue: Int64? { endsAt }

    /// A pulse began or ended.
    ///
    /// - Returns: the edges of motion that this makes, in order.
    public mutating func handle(_ edge: GPIOLine.Edge) -> [GPIOLine.Edge] {
        var motion = settle(at: edge.instant).map { [$0] } ?? []
        guard edge.isActive != isActive else { return motion }
        isActive = edge.isActive
        if !edge.isActive {
            endsAt = edge.instant + period
            if let end = settle(at: edge.instant) { motion.append(end) }
        } else {
            if endsAt != nil { motion.append(GPIOLine.Edge(at: edge.instant, isActive: false)) }
            endsAt = nil
            motion.append(edge)
        }
        return motion
    }

    /// The end of motion that has come at `now`.
    public mutating func settle(at now: Int64) -> GPIOLine.Edge? {
        guard let end = endsAt, end <= now else { return nil }
        endsAt = nil
        return GPIOLine.Edge(at: end, isActive: false)
    }
}
