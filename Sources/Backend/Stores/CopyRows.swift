internal import Lighting
internal import Telemetry

/// Records as rows of PostgreSQL's binary COPY.
///
/// - Source: PostgreSQL 15, COPY, Binary Format: the signature, flags and an extension of no bytes; for each row the number
///   of columns, and for each column its length and bytes, all in network order; -1 at the end.
enum CopyRows {
    /// The columns, in their order.
    static let columns = "site, node, boot, sequence, digest, at, kind, line"

    static func bytes(_ records: [ReceivedRecord]) -> [UInt8] {
        var bytes = Array("PGCOPY\n".utf8) + [0xff, 0x0d, 0x0a, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        bytes.reserveCapacity(records.reduce(64) { $0 + $1.line.count + 220 })
        for record in records {
            append(Int16(8), to: &bytes)
            append(record.key.site.utf8, to: &bytes)
            append(record.key.node.utf8, to: &bytes)
            append(record.key.boot.utf8, to: &bytes)
            append(Int32(8), to: &bytes)
            append(record.key.sequence, to: &bytes)
            append(record.digest.bytes, to: &bytes)
            append(Int32(8), to: &bytes)
            append(record.at.nanoseconds, to: &bytes)
            append(record.kind.utf8, to: &bytes)
            append(record.line, to: &bytes)
        }
        append(Int16(-1), to: &bytes)
        return bytes
    }

    private static func append(_ field: some Collection<UInt8>, to bytes: inout [UInt8]) {
        append(Int32(field.count), to: &bytes)
        bytes += field
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
