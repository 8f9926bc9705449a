public import Lighting

/// The records of one boot that nobody has yet said to have: in memory, and so bounded. Where room runs out samples go
/// first, the oldest first, then whatever is oldest; what goes is counted, and its numbers are missing in the chain.
public struct RecordQueue: Sendable {
    /// The largest number of records.
    public static let recordLimit = 1000
    /// The largest size of their lines together, in bytes.
    public static let byteLimit = 256 << 10

    private struct Entry {
        var sequence: Int64
        var isSample: Bool
        var line: [UInt8]
    }

    private var chain: RecordChain
    private var entries: [Entry] = []
    /// The size of the lines together, in bytes.
    public private(set) var bytes = 0
    /// The number of records that went for want of room.
    public private(set) var lost = 0

    /// A queue without records.
    public init(site: String, node: String, boot: String) {
        chain = RecordChain(site: site, node: node, boot: boot)
    }

    /// The number of records that wait.
    public var count: Int { entries.count }
    /// The boot that its records are of.
    public var boot: String { chain.key.boot }
    /// The number of the last record that was written, waiting or not; 0: there was none.
    public var lastSequence: Int64 { chain.key.sequence }

    /// Writes the next record.
    public mutating func append(_ body: RecordBody, at instant: MeshInstant) {
        let line = chain.append(body, at: instant)
        entries.append(Entry(sequence: chain.key.sequence, isSample: body.kind == .sample, line: line))
        bytes += line.count
        while entries.count > RecordQueue.recordLimit || bytes > RecordQueue.byteLimit {
            let index = entries.firstIndex(where: \.isSample) ?? 0
            bytes -= entries.remove(at: index).line.count
            lost += 1
        }
    }

    /// The oldest records, a line each, as many as fit, but one at least; nil where there are none. Whoever has these has all
    /// up to the last of them: that alone is to be acknowledged.
    public func batch(records: Int, bytes limit: Int) -> (payload: [UInt8], last: Int64)? {
        var payload: [UInt8] = []
        var last: Int64?
        for entry in entries.prefix(max(1, records)) {
            guard payload.isEmpty || payload.count + entry.line.count < limit else { break }
            payload += entry.line
            payload.append(UInt8(ascii: "\n"))
            last = entry.sequence
        }
        return last.map { (payload, $0) }
    }

    /// Takes off all records of a boot up to a sequence, which whoever is to have them has.
    ///
    /// - Returns: whether that can be: records of this boot that were written.
    public mutating func acknowledge(boot: String, through sequence: Int64) -> Bool {
        guard boot == self.boot, (1...max(1, lastSequence)).contains(sequence) else { return false }
        let count = entries.firstIndex { $0.sequence > sequence } ?? entries.count
        bytes -= entries[..<count].reduce(0) { $0 + $1.line.count }
        entries.removeFirst(count)
        return true
    }
}
