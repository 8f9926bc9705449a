/// The figures of its clock in a node's health report.
public struct MeshClockFigures: Codable, Sendable, Hashable {
    /// The progress of the node in learning the mesh's time.
    public var state: MeshClockState
    /// The node whose time it goes by; its own name if it is the reference; absent while unsynchronised.
    public var reference: String?
    /// Mesh time less the node's system clock, seconds.
    public var offsetSeconds: Double
    /// The rest that is still to be slewed: the best guess less what is served, in seconds.
    public var correctionSeconds: Double
    /// The most by which the served time may be off the reference's, seconds; absent while unsynchronised.
    public var errorBoundSeconds: Double?
    /// The mesh's rate over the own monotonic clock's, less one, in millionths.
    public var driftPartsPerMillion: Double
    /// The lowest delay there and back in the window, seconds.
    public var lowestDelaySeconds: Double?
    /// The number of exchanges with this reference.
    public var exchanges: Int
    /// The age of the last one, in seconds.
    public var ageSeconds: Double?
    /// The number of replies that were refused as impossible, unasked for or contradictory.
    public var refused: Int
    /// The correction added to mesh time for the time of day, in seconds.
    public var civilSeconds: Double
    /// The node whose system clock that comes from; absent where nobody is known to have the time of day.
    public var civilSource: String?
}
