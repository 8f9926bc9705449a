internal import Mesh
internal import Telemetry

/// A stored record, compared with what it is known by: nothing that the store says of it is believed.
struct RecordLook {
    /// The record as its line says it.
    let segment: ChainSegment
    /// What is wrong with it, a sentence each.
    let findings: [String]

    init(_ stored: StoredRecord) {
        let key = stored.key.key
        let digest = Digest(of: stored.line)
        var previous = Digest.none
        var findings: [String] = []
        do throws(MessageError) {
            let record = try ReceivedRecord(line: stored.line)
            previous = record.previous
            if record.key != key { findings.append("\(key) is the record of \(record.key)") }
        } catch {
            findings.append("\(key) is no record: \(error)")
        }
        if digest != stored.key.digest { findings.append("\(key) isn't what was taken") }
        segment = ChainSegment(first: key, last: key.sequence, previous: previous, digest: digest)
        self.findings = findings
    }
}
