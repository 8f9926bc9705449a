internal import Mesh
internal import Telemetry

/// What was archived of a month, signed: lines of JSON, the head first, then the objects, then what is in them.
struct ArchiveManifest: Sendable, Hashable {
    /// An object of a site's records, in the order of their keys: lines, packed by gzip.
    struct Object: Codable, Sendable, Hashable {
        /// Its name in the vault.
        var object: String
        /// How many records it has.
        var records: Int
        /// The digest of its bytes.
        var digest: String
    }

    /// The first line.
    private struct Head: Codable {
        var version: Int
        var month: String
        var at: Int64
        var checkpoint: Int
        var records: Int
        var objects: Int
    }

    private static let version = 1
    /// Where they lie, each in a folder of its month's.
    static let folder = "months/"

    /// The month.
    var month: RecordMonth
    /// When it was archived, nanoseconds since 1970.
    var at: Int64
    /// The last checkpoint before that, with which the records were compared; 0: there was none.
    var checkpoint: Int
    /// The objects.
    var objects: [Object] = []
    /// The records in them.
    var segments: [ChainSegment] = []

    /// How many records they have.
    var records: Int { objects.reduce(0) { $0 + $1.records } }

    /// Where a month's lies.
    static func name(_ month: RecordMonth) -> String { "\(folder)\(month)/manifest.ndjson" }

    /// As it is signed.
    var text: [UInt8] {
        let head = Head(
            version: ArchiveManifest.version, month: month.description, at: at, checkpoint: checkpoint,
            records: records,
            objects: objects.count)
        var text = JSON.encode(head) + [0x0a]
        for object in objects { text += JSON.encode(object) + [0x0a] }
        for segment in segments { text += JSON.encode(segment) + [0x0a] }
        return text
    }

    init(month: RecordMonth, at: Int64, checkpoint: Int) {
        self.month = month
        self.at = at
        self.checkpoint = checkpoint
    }

    /// The manifest of a text.
    ///
    /// - Throws: `MessageError`.
    init(text: [UInt8]) throws(MessageError) {
        let lines = text.split(separator: 0x0a).map(Array.init)
        let head = try JSON.decode(Head.self, from: lines.first ?? [])
        guard head.version == ArchiveManifest.version else {
            throw MessageError(.outOfRange, field: "version", reason: "is \(head.version): update this program")
        }
        guard let month = RecordMonth(text: head.month) else {
            throw MessageError(.outOfRange, field: "month", reason: "\"\(head.month)\" is none, such as 2025-03")
        }
        self.init(month: month, at: head.at, checkpoint: head.checkpoint)
        for line in lines.dropFirst().prefix(head.objects) { objects.append(try JSON.decode(Object.self, from: line)) }
        for line in lines.dropFirst(1 + head.objects) {
            segments.append(try JSON.decode(ChainSegment.self, from: line))
        }
    }
}
