/// Looks through records, in the order of their keys, for what is missing, changed or there twice.
///
/// What it can't see is a boot's end cut off without a trace: the first record of the node's next boot tells of it, where
/// that names a digest that no record here has.
public struct ChainCheck: Sendable {
    /// A fault of a chain.
    public enum Finding: Sendable, Hashable, CustomStringConvertible {
        /// The records from the first key's sequence to the second are missing.
        case missing(RecordKey, through: Int64)
        /// The record isn't the one that the record after it follows.
        case changed(RecordKey)
        /// There are two different records of this key.
        case doubled(RecordKey)
        /// The first record of this key's boot follows a record of the node's that isn't here.
        case endMissing(before: RecordKey)

        /// A line that names the record and what is the matter with it.
        public var description: String {
            switch self {
            case .missing(let key, let last):
                last == key.sequence ? "\(key) is missing" : "\(key) to \(last) are missing"
            case .changed(let key): "\(key) is changed: the record after it follows another one"
            case .doubled(let key): "\(key) is there twice, with different contents"
            case .endMissing(let key): "\(key) follows a record of \(key.node)'s boot before, which is missing"
            }
        }
    }

    private var last: (key: RecordKey, digest: Digest)?
    /// The ends of the boots of the last record's node, and what their beginnings follow.
    private var ends: Set<Digest> = []
    private var beginnings: [(key: RecordKey, previous: Digest)] = []
    /// The number of records that were looked at.
    public private(set) var count = 0

    /// A check that has seen nothing.
    public init() {}

    /// Takes up the next record.
    ///
    /// - Returns: what it shows to be wrong.
    public mutating func take(key: RecordKey, previous: Digest, digest: Digest) -> [Finding] {
        count += 1
        return take(ChainSegment(first: key, last: key.sequence, previous: previous, digest: digest))
    }

    /// Takes up records that are kept elsewhere: they don't count.
    ///
    /// - Returns: what they show to be wrong.
    public mutating func take(_ segment: ChainSegment) -> [Finding] {
        let key = segment.first
        var findings: [Finding] = []
        defer { last = (segment.lastKey, segment.digest) }
        guard let last, last.key.isOfBoot(of: key) else {
            if let last { ends.insert(last.digest) }
            if let last, (last.key.site, last.key.node) != (key.site, key.node) { findings += endNode() }
            if key.sequence > 1 {
                findings.append(.missing(key.at(1), through: key.sequence - 1))
            } else if segment.previous != .none {
                beginnings.append((key, segment.previous))
            }
            return findings
        }
        switch key.sequence - last.key.sequence {
        case 0: findings.append(.doubled(key))
        case 1: if segment.previous != last.digest { findings.append(.changed(last.key)) }
        default: findings.append(.missing(key.at(last.key.sequence + 1), through: key.sequence - 1))
        }
        return findings
    }

    /// Ends the check.
    ///
    /// - Returns: what the end shows to be wrong.
    public mutating func finish() -> [Finding] {
        if let last { ends.insert(last.digest) }
        last = nil
        return endNode()
    }

    private mutating func endNode() -> [Finding] {
        defer {
            ends = []
            beginnings = []
        }
        return beginnings.filter { !ends.contains($0.previous) }.map { .endMissing(before: $0.key) }
    }
}
