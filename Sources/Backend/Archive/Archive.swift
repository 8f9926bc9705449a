internal import Gzip
internal import Mesh
public import Telemetry

/// The months that lie in a vault.
public struct Archive: Sendable {
    /// What an object may have unpacked, bytes: so many records of the greatest length.
    private static let limit = ArchiveWriter.recordsOfObject * 17_000

    private let vault: any Vault
    private let manifests: [RecordMonth: ArchiveManifest]

    /// The months of a vault.
    ///
    /// - Throws: ``VaultError`` where a manifest isn't what was signed.
    public init(in vault: any Vault, key: VerifyingKey) throws {
        self.vault = vault
        var manifests: [RecordMonth: ArchiveManifest] = [:]
        for name in try vault.list(ArchiveManifest.folder) where name.hasSuffix("/manifest.ndjson") {
            let text = try SignedObject.get(name, by: key, in: vault)
            do throws(MessageError) {
                let manifest = try ArchiveManifest(text: text)
                guard ArchiveManifest.name(manifest.month) == name else {
                    throw MessageError(.outOfRange, field: "month", reason: "is \(manifest.month)")
                }
                manifests[manifest.month] = manifest
            } catch {
                throw VaultError("\(name): \(error)")
            }
        }
        self.manifests = manifests
    }

    /// The months, by time.
    public var months: [RecordMonth] { manifests.keys.sorted() }

    /// All records in it, told in short.
    public var segments: [ChainSegment] { manifests.values.flatMap(\.segments) }

    func manifest(_ month: RecordMonth) -> ArchiveManifest? { manifests[month] }

    /// Hands out a month's records, each compared with what was signed.
    ///
    /// - Parameters:
    ///   - take: takes up an object's records.
    ///   - tell: told of what is wrong, a sentence each: the records of such an object aren't handed out.
    /// - Returns: how many were handed out.
    /// - Throws: what `take` throws, and ``VaultError`` where the vault can't be read.
    public func read(
        _ month: RecordMonth, tell: (String) -> Void, take: ([ReceivedRecord]) async throws -> Void
    ) async throws -> Int {
        guard let manifest = manifests[month] else { throw VaultError("\(month) isn't in the vault") }
        var count = 0
        var check = SegmentCheck(manifest.segments)
        for object in manifest.objects {
            switch try records(of: object) {
            case .failure(let error):
                tell(error.description)
                check.skip()
            case .success(let records):
                for record in records { check.take(record).map(tell) }
                try await take(records)
                count += records.count
            }
        }
        check.finish().map(tell)
        return count
    }

    /// Puts a month's records into a store.
    ///
    /// - Returns: how many of the archive's it has now.
    /// - Throws: ``StoreError``, ``VaultError``.
    public func restore(
        _ month: RecordMonth, to store: any RecordStore, tell: (String) -> Void = { print($0) }
    ) async throws -> Int {
        try await read(month, tell: tell) { records in
            for start in stride(from: 0, to: records.count, by: 1000) {
                _ = try await store.add(Array(records[start..<min(start + 1000, records.count)]))
            }
        }
    }

    /// An object's records; the reason where it isn't what was archived.
    private func records(of object: ArchiveManifest.Object) throws -> Result<[ReceivedRecord], VaultError> {
        guard let bytes = try vault.get(object.object) else {
            return .failure(VaultError("\(object.object) is missing from the vault: \(object.records) records"))
        }
        guard Digest(of: bytes).description == object.digest else {
            return .failure(VaultError("\(object.object) isn't what was archived: \(object.records) records"))
        }
        do {
            return .success(
                try Gzip.unpacked(bytes, limit: Archive.limit).split(separator: 0x0a).map {
                    try ReceivedRecord(line: Array($0))
                })
        } catch {
            return .failure(VaultError("\(object.object): \(error)"))
        }
    }
}
