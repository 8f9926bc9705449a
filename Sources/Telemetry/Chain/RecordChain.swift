public import Lighting

/// The records of one boot of a node's agent as it writes them: each is numbered, and names the digest of the one before,
/// so that what is missing, changed or exchanged later shows, whoever holds the records.
public struct RecordChain: Sendable, Hashable {
    /// The last record's key; before the first its sequence is 0.
    public private(set) var key: RecordKey
    /// The last record's digest.
    public private(set) var digest: Digest

    /// A chain without records.
    ///
    /// - Parameter previous: the digest of the last record of the node's boot before this; ``Digest/none`` where that isn't
    ///   known.
    public init(site: String, node: String, boot: String, previous: Digest = .none) {
        key = RecordKey(site: site, node: node, boot: boot, sequence: 0)
        digest = previous
    }

    /// Writes the next record, and returns its line.
    public mutating func append(_ body: RecordBody, at instant: MeshInstant) -> [UInt8] {
        key.sequence += 1
        let line = Record(key: key, at: instant, previous: digest, body: body).line
        digest = Digest(of: line)
        return line
    }
}
