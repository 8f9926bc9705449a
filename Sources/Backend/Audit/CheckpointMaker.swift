internal import Platform
internal import Telemetry

/// Makes checkpoints: looks through what a store has that is new since the last, and signs it. Of what contradicts an
/// earlier checkpoint, or itself, nothing is signed.
public struct CheckpointMaker {
    private static let page = 5000

    private let vault: any Vault
    private let key: SigningKey
    private let tell: (String) -> Void
    private var log: CheckpointLog
    private var segments: [ChainSegment] = []
    /// The number of faults that were found.
    public private(set) var findingCount = 0

    /// A maker that tells of what it finds to be wrong, a line each.
    ///
    /// - Throws: ``VaultError`` where the checkpoints before aren't whole.
    public init(vault: any Vault, key: SigningKey, tell: @escaping (String) -> Void = { print($0) }) throws {
        self.vault = vault
        self.key = key
        self.tell = tell
        log = try CheckpointLog(in: vault, key: key.verifyingKey)
    }

    /// Makes the next checkpoint, also where nothing is new: it says so.
    ///
    /// - Returns: its number, and how many records it is of.
    /// - Throws: ``StoreError``, ``VaultError``.
    public mutating func make(of store: any RecordStore) async throws -> (number: Int, records: Int64) {
        segments = []
        var boot: RecordKey?
        while let next = try await store.scan(
            .all, after: boot.map { StoredKey(key: $0.at(.max), digest: .none) }, limit: 1
        ).first {
            try await take(bootOf: next.key.key, of: store)
            boot = next.key.key
        }
        let checkpoint = Checkpoint(
            number: log.number + 1, at: RealTimeClock.now, previous: log.digest, segments: segments)
        let text = checkpoint.text
        try SignedObject.put(text, at: Checkpoint.name(checkpoint.number), by: key, in: vault)
        log.add(checkpoint, digest: Digest(of: text))
        return (checkpoint.number, segments.reduce(0) { $0 + $1.count })
    }

    /// Takes up what is new of a boot.
    private mutating func take(bootOf first: RecordKey, of store: any RecordStore) async throws {
        let known = log.pins(ofBoot: first).last?.segment
        // The last that is known comes first, if it is still there.
        var after = StoredKey(key: known?.lastKey ?? first.at(0), digest: .none)
        var last = known
        var isFirst = known != nil
        while true {
            let page = try await store.scan(.boot(of: first), after: after, limit: CheckpointMaker.page)
            for stored in page {
                let look = RecordLook(stored)
                if isFirst {
                    isFirst = false
                    guard let known, look.segment.lastKey == known.lastKey, look.segment.digest == known.digest else {
                        return found("\(look.segment.first) isn't what the checkpoint before said of this boot")
                    }
                    continue
                }
                guard look.findings.isEmpty else {
                    for finding in look.findings { found(finding) }
                    return
                }
                if let last, last.last + 1 == look.segment.first.sequence, last.digest != look.segment.previous {
                    return found("\(last.lastKey) is changed: the record after it follows another one")
                }
                last = look.segment
                if segments.last?.first.isOfBoot(of: first) != true
                    || !segments[segments.count - 1].extend(by: look.segment)
                {
                    segments.append(look.segment)
                }
            }
            guard page.count == CheckpointMaker.page, let end = page.last else { break }
            after = end.key
        }
        if isFirst, let known { found("\(known.lastKey) is missing, and what was signed of its boot after it") }
    }

    private mutating func found(_ text: String) {
        findingCount += 1
        tell(text)
    }
}
