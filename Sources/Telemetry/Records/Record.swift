public import Lighting
public import Mesh

/// Something that happened at a site, as it is kept: who wrote it, when it was, what it says, and what it follows.
///
/// Its form on the wire and in stores is one line of JSON, ``line``, with fields in the order of their names; whoever has
/// the line has its ``Digest`` by `sha256sum`.
///
/// ```json
/// {"at":1790000000000000000,"body":{"motion":true,"sensor":"bottom"},"boot":"1f0c","kind":"motion","node":"stair-01",
///  "previous":"9a7b…","sequence":17,"site":"home","version":1}
/// ```
public struct Record: Sendable, Hashable {
    /// The form that this version writes. A later one may have further fields and kinds, and changes none of these.
    public static let version = 1
    /// The limits of a record's line.
    public static let bounds = JSONBounds(size: 16_384, nesting: 8, number: 32, string: 8192)

    /// The record's key.
    public var key: RecordKey
    /// The record's instant, in mesh time.
    public var at: MeshInstant
    /// The digest of the record that its node wrote before this one; ``Digest/none`` where it knows of none.
    public var previous: Digest
    /// The record's content.
    public var body: RecordBody

    /// A record.
    public init(key: RecordKey, at: MeshInstant, previous: Digest, body: RecordBody) {
        self.key = key
        self.at = at
        self.previous = previous
        self.body = body
    }

    /// The record as it is sent and stored, without an end of line.
    public var line: [UInt8] {
        JSON.encode(RecordEnvelope(self))
    }
}
