/// How far a node has got with the time of the mesh.
public enum MeshClockState: String, Sendable, Hashable, Codable {
    /// It has only its own system clock's guess, acts on arrival, and says so.
    case unsynchronised
    /// It has the first exchanges; its time may still jump.
    case synchronising
    /// It follows a reference, and its time doesn't jump any more.
    case synchronised
    /// Its time is the mesh's.
    case reference
}
