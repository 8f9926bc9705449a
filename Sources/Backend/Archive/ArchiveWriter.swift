internal import Gzip
internal import Platform
internal import Telemetry

/// Archives months: puts a month's records into a vault, reads them back, and drops them from the store.
///
/// What contradicts itself, or a checkpoint, is told of and stays where it is.
public struct ArchiveWriter {
    /// How many records go into an object.
    static let recordsOfObject = 20_000

    private let vault: any Vault
    private let key: SigningKey
    private let tell: (String) -> Void
    private let checkpoints: CheckpointLog

    /// The number of faults that were found.
    public private(set) var findingCount = 0
    /// The month was in the vault already: it had been archived and not dropped, or was restored since.
    public private(set) var wasThere = false
    private var manifest: ArchiveManifest
    private var records: [StoredRecord] = []

    /// A writer for a month that tells of what it finds to be wrong, a line each.
    ///
    /// - Throws: ``VaultError`` where the month is still open for records that come late, or the vault's checkpoints aren't
    ///   whole.
    public init(
        _ month: RecordMonth, vault: any Vault, key: SigningKey, tell: @escaping (String) -> Void = { print($0) }
    ) throws {
        guard !month.isOpen(at: RealTimeClock.now) else {
            throw VaultError(
                "records of \(month) may still come: a site that was cut off hands over what is up to "
                    + "\(IngestLimits().ageDays) days old")
        }
        self.vault = vault
        self.key = key
        self.tell = tell
        checkpoints = try CheckpointLog(in: vault, key: key.verifyingKey)
        manifest = ArchiveManifest(month: month, at: RealTimeClock.now, checkpoint: checkpoints.number)
    }

    /// Archives the month, and drops it from the store once it was read back.
    ///
    /// - Returns: how many records it has; nil: something is wrong with them, and they weren't dropped.
    /// - Throws: ``StoreError``, ``VaultError``.
    public mutating func move(from store: any RecordStore) async throws -> Int? {
        let signed = Dictionary(
            checkpoints.pins.map { ($0.segment.lastKey, $0) }, uniquingKeysWith: { $1 })
        var after: StoredKey?
        while true {
            let page = try await store.scan(.instants(manifest.month.instants), after: after, limit: 5000)
            for stored in page { try take(stored, signed) }
            guard page.count == 5000, findingCount == 0 else { break }
            after = page.last?.key
        }
        guard findingCount == 0 else { return nil }
        try putObject()
        guard manifest.records > 0 else { return 0 }
        try putManifest()
        // What can't be read back isn't there.
        let archive = try Archive(in: vault, key: key.verifyingKey)
        var findings: [String] = []
        let count = try await archive.read(manifest.month, tell: { findings.append($0) }, take: { _ in })
        for finding in findings { found(finding) }
        guard findings.isEmpty, count == manifest.records else { return nil }
        try await store.drop(manifest.month, expecting: count)
        return count
    }

    private mutating func take(_ stored: StoredRecord, _ signed: [RecordKey: CheckpointLog.Pin]) throws {
        let look = RecordLook(stored)
        let segment = look.segment
        for finding in look.findings { found(finding) }
        if let pin = signed[segment.first], pin.segment.digest != segment.digest {
            found("\(segment.first) isn't what checkpoint \(pin.number) signed")
        }
        if let last = manifest.segments.last, last.first.isOfBoot(of: segment.first),
            last.last >= segment.last - 1, last.last != segment.last - 1 || last.digest != segment.previous
        {
            found("\(segment.first) doesn't follow \(last.lastKey)")
        }
        if let last = records.last,
            last.key.key.site != segment.first.site || records.count == ArchiveWriter.recordsOfObject
        {
            try putObject()
        }
        records.append(stored)
        let place = manifest.segments.count - 1
        if place < 0 || !manifest.segments[place].extend(by: segment) { manifest.segments.append(segment) }
    }

    private mutating func putObject() throws {
        guard let site = records.first?.key.key.site, findingCount == 0 else { return }
        let bytes = Gzip.packed(records.reduce(into: []) { $0 += $1.line + [0x0a] })
        let digest = Digest(of: bytes).description
        // What was begun and not ended is begun anew, and finds its own objects.
        let name = "\(ArchiveManifest.folder)\(manifest.month)/\(site)-\(digest.prefix(16)).ndjson.gz"
        if try !vault.put(bytes, at: name), try vault.get(name) != bytes {
            throw VaultError("\(name) is in the vault already, and isn't what belongs there")
        }
        manifest.objects.append(
            ArchiveManifest.Object(object: name, records: records.count, digest: digest))
        records = []
    }

    private mutating func putManifest() throws {
        let name = ArchiveManifest.name(manifest.month)
        guard try vault.get(name) != nil else {
            return try SignedObject.put(manifest.text, at: name, by: key, in: vault)
        }
        wasThere = true
        let there = try Archive(in: vault, key: key.verifyingKey).manifest(manifest.month)
        guard there?.segments == manifest.segments, there?.records == manifest.records else {
            throw VaultError(
                "\(manifest.month) was archived before, with other records than the store has of it: nothing is dropped; "
                    + "footlight-backend restore brings back what is missing here")
        }
    }

    private mutating func found(_ text: String) {
        findingCount += 1
        tell(text)
    }
}
