internal import Mesh
internal import Telemetry

/// What was new in each chain of a store since the checkpoint before, signed: lines of JSON, the head first.
struct Checkpoint: Sendable, Hashable {
    /// The first line.
    private struct Head: Codable {
        var version: Int
        var number: Int
        var at: Int64
        var previous: String
    }

    private static let version = 1

    /// Counts them, from 1.
    var number: Int
    /// When it was made, nanoseconds since 1970.
    var at: Int64
    /// The digest of the checkpoint before, without its signature; ``Digest/none`` before the first.
    var previous: Digest
    /// The records that are new.
    var segments: [ChainSegment]

    /// Where it lies.
    static func name(_ number: Int) -> String {
        let digits = String(number)
        return "\(folder)\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).ndjson"
    }

    /// Where they all lie.
    static let folder = "checkpoints/"

    /// As it is signed.
    var text: [UInt8] {
        JSON.encode(
            Head(version: Checkpoint.version, number: number, at: at, previous: previous.description)) + [0x0a]
            + segments.flatMap { JSON.encode($0) + [0x0a] }
    }
}

extension Checkpoint {
    /// The checkpoint of a text.
    ///
    /// - Throws: `MessageError`.
    init(text: [UInt8]) throws(MessageError) {
        let lines = text.split(separator: 0x0a).map(Array.init)
        let head = try JSON.decode(Head.self, from: lines.first ?? [])
        guard head.version == Checkpoint.version else {
            throw MessageError(.outOfRange, field: "version", reason: "is \(head.version): update this program")
        }
        guard let previous = Digest(text: head.previous) else {
            throw MessageError(.outOfRange, field: "previous", reason: "is not a SHA-256 digest")
        }
        var segments: [ChainSegment] = []
        for line in lines.dropFirst() { segments.append(try JSON.decode(ChainSegment.self, from: line)) }
        self.init(number: head.number, at: head.at, previous: previous, segments: segments)
    }
}
