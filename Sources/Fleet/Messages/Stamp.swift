internal import Mesh

/// The order of two retained records of the fleet: the one of the later term holds, then the one of the later revision.
public struct Stamp: Codable, Sendable, Hashable, Comparable {
    /// The term of the leader who wrote it.
    public var term: Int64
    /// Counts what that leader wrote.
    public var revision: Int64

    /// The last term there is: terms and revisions are added to, and the end of the integer must not be near.
    static let lastTerm: Int64 = 1_000_000_000
    private static let lastRevision: Int64 = 1 << 60

    /// The stamp of what is written after this, in `term`. After the last there is no later one: what is written then has
    /// that again.
    func next(in term: Int64) -> Stamp {
        Stamp(term: term, revision: self.term == term ? min(revision + 1, Stamp.lastRevision) : 1)
    }

    /// - Throws: ``MessageError`` for one that no leader writes.
    func check() throws(MessageError) {
        _ = try Mesh.check(term, within: 0...Stamp.lastTerm, field: "stamp.term")
        _ = try Mesh.check(revision, within: 0...Stamp.lastRevision, field: "stamp.revision")
    }

    /// Before anything that was ever written.
    static let none = Stamp(term: 0, revision: 0)

    /// The order of writing.
    public static func < (a: Stamp, b: Stamp) -> Bool { (a.term, a.revision) < (b.term, b.revision) }
}
