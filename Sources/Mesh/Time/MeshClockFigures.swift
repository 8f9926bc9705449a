/// What a node's health report says of its clock.
public struct MeshClockFigures: Codable, Sendable, Hashable {
    /// How far the node has got.
    public var state: MeshClockState
    /// The node whose time it goes by; its own name if it is the reference; absent while unsynchronised.
    public var reference: String?
    /// Mesh time less the node's system clock, seconds.
    public var offsetSeconds: Double
    /// What is still to be slewed: the best guess less what is served, seconds.
    public var correctionSeconds: Double
    /// The most by which the served time may be off the reference's, seconds; absent while unsynchronised.
    public var errorBoundSeconds: Double?
    /// The mesh's rate over the own monotonic clock's, less one, in millionths.
    public var driftPartsPerMillion: Double
    /// The lowest delay there and back in the window, seconds.
    public var lowestDelaySeconds: Double?
    /// How many exchanges with this reference.
    public var exchanges: Int
    /// How long ago the last one was, seconds.
    public var ageSeconds: Double?
    /// How many replies were refused as impossible, unasked for or contradictory.
    public var refused: Int
    /// What is added to mesh time for the time of day, seconds.
    public var civilSeconds: Double
    /// The node whose system clock that comes from; absent where nobody is known to have the time of day.
    public var civilSource: String?
}
