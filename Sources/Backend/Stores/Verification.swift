internal import Mesh
internal import Telemetry

/// A look through a store's records.
public struct Verification {
    private static let page = 5000

    /// How many things were found to be wrong.
    public private(set) var findingCount = 0
    private var check = ChainCheck()
    private let tell: (String) -> Void

    /// A look that tells of what it finds, a line each.
    public init(tell: @escaping (String) -> Void = { print($0) }) { self.tell = tell }

    /// Looks through all records, or one site's.
    ///
    /// - Returns: how many there are.
    /// - Throws: ``StoreError``.
    public mutating func run(_ store: any RecordStore, site: String?) async throws -> Int {
        var after: StoredKey?
        while true {
            let records = try await store.scan(site: site, after: after, limit: Verification.page)
            for record in records { look(at: record) }
            guard records.count == Verification.page else { break }
            after = records.last?.key
        }
        for finding in check.finish() { found("\(finding)") }
        return check.count
    }

    private mutating func look(at stored: StoredRecord) {
        let digest = Digest(of: stored.line)
        var previous = Digest.none
        do throws(MessageError) {
            let record = try ReceivedRecord(line: stored.line)
            previous = record.previous
            if record.key != stored.key.key { found("\(stored.key.key) is the record of \(record.key)") }
        } catch {
            found("\(stored.key.key) is no record: \(error)")
        }
        if digest != stored.key.digest { found("\(stored.key.key) isn't what was taken") }
        for finding in check.take(key: stored.key.key, previous: previous, digest: digest) { found("\(finding)") }
    }

    private mutating func found(_ text: String) {
        findingCount += 1
        tell(text)
    }
}
