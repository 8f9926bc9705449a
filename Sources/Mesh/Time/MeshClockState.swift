/// A node's progress in learning the time of the mesh.
public enum MeshClockState: String, Sendable, Hashable, Codable {
    /// The node has only its own system clock's guess, acts on arrival, and says so.
    case unsynchronised
    /// The node has the first exchanges; its time may still jump.
    case synchronising
    /// The node follows a reference, and its time doesn't jump any more.
    case synchronised
    /// Its time is the mesh's.
    case reference
}
