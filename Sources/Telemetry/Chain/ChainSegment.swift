internal import Mesh

/// Records of one boot that follow each other without a gap, told by where they begin and end. Whoever has this, and knows
/// that it is true, can tell of those records whether they are the same: each names the digest of the one before it.
public struct ChainSegment: Sendable, Hashable {
    /// The first record.
    public var first: RecordKey
    /// The sequence of the last.
    public var last: Int64
    /// The digest of what the first follows.
    public var previous: Digest
    /// The last record's digest.
    public var digest: Digest

    /// A segment.
    public init(first: RecordKey, last: Int64, previous: Digest, digest: Digest) {
        self.first = first
        self.last = last
        self.previous = previous
        self.digest = digest
    }

    /// The last record's key.
    public var lastKey: RecordKey { first.at(last) }

    /// The number of records that it has.
    public var count: Int64 { last - first.sequence + 1 }

    /// Takes up what follows this.
    ///
    /// - Returns: whether it does: if not, nothing is changed.
    public mutating func extend(by next: ChainSegment) -> Bool {
        guard next.first.isOfBoot(of: first), next.first.sequence == last + 1, next.previous == digest else {
            return false
        }
        last = next.last
        digest = next.digest
        return true
    }
}

extension ChainSegment: Codable {
    private enum CodingKeys: String, CodingKey {
        case site, node, boot, first, last, previous, digest
    }

    /// A segment as vaults keep it.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        first = RecordKey(
            site: try fields.decode(String.self, forKey: .site), node: try fields.decode(String.self, forKey: .node),
            boot: try fields.decode(String.self, forKey: .boot),
            sequence: try fields.decode(Int64.self, forKey: .first))
        try first.check()
        last = try Mesh.check(
            try fields.decode(Int64.self, forKey: .last), within: first.sequence...RecordKey.sequences.upperBound,
            field: "last")
        func digest(_ key: CodingKeys) throws -> Digest {
            guard let digest = Digest(text: try fields.decode(String.self, forKey: key)) else {
                throw MessageError(.outOfRange, field: key.rawValue, reason: "is not a SHA-256 digest")
            }
            return digest
        }
        previous = try digest(.previous)
        self.digest = try digest(.digest)
    }

    /// Writes it as vaults keep it.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(first.site, forKey: .site)
        try fields.encode(first.node, forKey: .node)
        try fields.encode(first.boot, forKey: .boot)
        try fields.encode(first.sequence, forKey: .first)
        try fields.encode(last, forKey: .last)
        try fields.encode(previous.description, forKey: .previous)
        try fields.encode(digest.description, forKey: .digest)
    }
}

extension RecordKey {
    /// The same boot's record of another sequence.
    public func at(_ sequence: Int64) -> RecordKey {
        var key = self
        key.sequence = sequence
        return key
    }

    /// Returns whether it is of the same boot of the same node.
    public func isOfBoot(of other: RecordKey) -> Bool {
        (site, node, boot) == (other.site, other.node, other.boot)
    }
}
