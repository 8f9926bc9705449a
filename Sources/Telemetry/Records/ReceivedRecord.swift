public import Lighting
public import Mesh

/// A record as it came: its line, which is kept byte for byte, and what can be read of it.
public struct ReceivedRecord: Sendable, Hashable {
    /// The line.
    public let line: [UInt8]
    /// The record's key.
    public let key: RecordKey
    /// The record's instant, in mesh time.
    public let at: MeshInstant
    /// The word for what it is about; a later version's may be none of ``RecordKind``.
    public let kind: String
    /// The digest of the record that it follows.
    public let previous: Digest
    /// The record's content; nil: only a later version can read it.
    public let body: RecordBody?
    /// The line's own digest.
    public let digest: Digest

    /// The record of a line.
    ///
    /// - Throws: `MessageError` where it is none, or has what no node writes: field, what was found, and what is allowed.
    public init(line: [UInt8]) throws(MessageError) {
        let envelope = try RecordEnvelope(line: line)
        try RecordText.checkPlain(line)
        _ = try Mesh.check(envelope.version, within: 1...1_000_000, field: "version")
        try envelope.key.check()
        at = try checkInstant(envelope.at, field: "at")
        guard let previous = Digest(text: envelope.previous) else {
            throw MessageError(
                .outOfRange, field: "previous", reason: "is not a SHA-256 digest: 64 of 0-9 and a-f")
        }
        guard Name.isValid(envelope.kind) else {
            throw MessageError(.outOfRange, field: "kind", reason: "is not \(Name.rule)")
        }
        if let body = envelope.body {
            try body.check()
        } else {
            guard envelope.version > Record.version else {
                let known = RecordKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw MessageError(
                    .outOfRange, field: "kind",
                    reason: "\"\(envelope.kind)\" is none of version \(envelope.version)'s: \(known)")
            }
        }
        self.line = line
        self.previous = previous
        key = envelope.key
        kind = envelope.kind
        body = envelope.body
        digest = Digest(of: line)
    }
}
