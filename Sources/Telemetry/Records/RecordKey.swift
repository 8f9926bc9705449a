internal import Mesh

/// A record's key, its name for ever: the node that wrote it, the start of that node's agent, and its number.
public struct RecordKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The range of sequences: JSON's readers elsewhere know whole numbers exactly up to 2⁵³.
    public static let sequences: ClosedRange<Int64> = 1...9_007_199_254_740_991
    static let bootRule = "1 to 64 of a-z, A-Z, 0-9, . _ and -"

    /// The site's name.
    public var site: String
    /// The name of the node, or of the fleet agent, that wrote it.
    public var node: String
    /// An identifier of the start of that node's agent; each start has another.
    public var boot: String
    /// Counts the records of a boot, from 1.
    public var sequence: Int64

    /// A key.
    public init(site: String, node: String, boot: String, sequence: Int64) {
        self.site = site
        self.node = node
        self.boot = boot
        self.sequence = sequence
    }

    /// `home/stair-01/1f0c/17`
    public var description: String { "\(site)/\(node)/\(boot)/\(sequence)" }

    /// By site, node, boot, and in each boot as they were written.
    public static func < (a: RecordKey, b: RecordKey) -> Bool {
        (a.site, a.node, a.boot, a.sequence) < (b.site, b.node, b.boot, b.sequence)
    }

    /// - Throws: `MessageError` where no node writes such a key.
    func check() throws(MessageError) {
        for (field, name) in [("site", site), ("node", node)] where !Name.isValid(name) {
            throw MessageError(.outOfRange, field: field, reason: "\"\(name.prefix(80))\" is not \(Name.rule)")
        }
        guard (1...64).contains(boot.utf8.count), boot.utf8.allSatisfy(RecordKey.isOfBoot) else {
            throw MessageError(
                .outOfRange, field: "boot", reason: "\"\(boot.prefix(80))\" is not \(RecordKey.bootRule)")
        }
        _ = try Mesh.check(sequence, within: RecordKey.sequences, field: "sequence")
    }

    private static func isOfBoot(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
