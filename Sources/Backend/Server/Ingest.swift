internal import Gzip
internal import Lighting
internal import Mesh
internal import Telemetry

/// A request's body, made out: which records it hands over, or why it is refused as a whole.
enum Ingest {
    /// How many records that can't be taken are told of.
    private static let told = 100

    /// The records of a body.
    ///
    /// - Parameters:
    ///   - encoding: the request's `Content-Encoding`.
    ///   - site: whose records the request's credential is for.
    ///   - now: this machine's clock.
    /// - Throws: ``Refusal``.
    static func records(
        _ body: [UInt8], encoding: String?, site: String, limits: IngestLimits, at now: MeshInstant
    ) throws(Refusal) -> [ReceivedRecord] {
        let text = try unpacked(body, encoding: encoding, limits: limits)
        var lines = text.split(separator: 0x0a, maxSplits: limits.records + 1, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard !lines.isEmpty else { throw Refusal(400, "the body holds no record: one line of JSON each is wanted") }
        guard lines.count <= limits.records else {
            throw Refusal(413, "more than \(limits.records) records: send fewer at once")
        }
        let earliest = now - .seconds(limits.ageDays * 86_400)
        let latest = now + .seconds(limits.aheadSeconds)
        var records: [ReceivedRecord] = []
        records.reserveCapacity(lines.count)
        var refused: [Refusal.Line] = []
        for (index, line) in lines.enumerated() {
            do throws(MessageError) {
                let record = try ReceivedRecord(line: Array(line))
                guard record.key.site == site else {
                    throw MessageError(
                        .outOfRange, field: "site", reason: "is \(record.key.site), the credential is \(site)'s")
                }
                guard record.at >= earliest else {
                    throw MessageError(
                        .outOfRange, field: "at", reason: "is more than \(limits.ageDays) days old")
                }
                guard record.at <= latest else {
                    throw MessageError(
                        .future, field: "at",
                        reason: "is more than \(limits.aheadSeconds) s ahead of \(now); set the clock")
                }
                records.append(record)
            } catch {
                if refused.count < told { refused.append(Refusal.Line(line: index + 1, reason: error.description)) }
            }
        }
        guard refused.isEmpty else {
            throw Refusal(
                422,
                "\(lines.count - records.count) of \(lines.count) records can't be taken, and so none was; the first: "
                    + "line \(refused[0].line): \(refused[0].reason)", refused: refused)
        }
        return records
    }

    private static func unpacked(
        _ body: [UInt8], encoding: String?, limits: IngestLimits
    ) throws(Refusal) -> [UInt8] {
        switch encoding?.lowercased() {
        case nil, "identity": return body
        case "gzip":
            do throws(Gzip.Fault) {
                return try Gzip.unpacked(body, limit: limits.unpackedBytes)
            } catch {
                throw error == .tooLarge
                    ? Refusal(413, "unpacked the body has more than \(limits.unpackedBytes) bytes: send fewer at once")
                    : Refusal(400, "the body isn't packed by gzip, or was cut off")
            }
        default: throw Refusal(415, "Content-Encoding: gzip or none is taken")
        }
    }
}
