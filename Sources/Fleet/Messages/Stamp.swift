/// Which of two retained records of the fleet holds: that of the later term, then the later revision.
public struct Stamp: Codable, Sendable, Hashable, Comparable {
    /// The term of the leader who wrote it.
    public var term: Int64
    /// Counts what that leader wrote.
    public var revision: Int64

    /// Before anything that was ever written.
    static let none = Stamp(term: 0, revision: 0)

    /// The order of writing.
    public static func < (a: Stamp, b: Stamp) -> Bool { (a.term, a.revision) < (b.term, b.revision) }
}
