public import Telemetry

/// A look through a store's records.
public struct Verification {
    private static let page = 5000

    /// The number of faults that were found.
    public private(set) var findingCount = 0
    private var check = ChainCheck()
    private let checkpoints: CheckpointLog
    private let tell: (String) -> Void

    /// What checkpoints signed, in the order of keys, and which of it comes next.
    private var pins: ArraySlice<CheckpointLog.Pin> = []
    /// Whether another record of the next pin's key was seen.
    private var isPinBroken = false
    /// What is known to be kept elsewhere, in the order of keys.
    private var archived: ArraySlice<ChainSegment>
    private var lastKey: RecordKey?

    /// A look that tells of what it finds, a line each.
    ///
    /// - Parameters:
    ///   - checkpoints: what is known for sure.
    ///   - archived: records that may be missing, as they are kept elsewhere.
    public init(
        checkpoints: CheckpointLog = CheckpointLog(), archived: [ChainSegment] = [],
        tell: @escaping (String) -> Void = { print($0) }
    ) {
        self.checkpoints = checkpoints
        self.archived = archived.sorted { $0.first < $1.first }[...]
        self.tell = tell
    }

    /// Looks through all records, or one site's.
    ///
    /// - Returns: how many there are.
    /// - Throws: ``StoreError``.
    public mutating func run(_ store: any RecordStore, site: String?) async throws -> Int {
        func isAsked(_ key: RecordKey) -> Bool { site.map { $0 == key.site } ?? true }
        pins = checkpoints.pins.filter { isAsked($0.segment.first) }[...]
        archived = archived.filter { isAsked($0.first) }[...]
        var after: StoredKey?
        while true {
            let records = try await store.scan(.site(site), after: after, limit: Verification.page)
            for record in records { look(at: record) }
            guard records.count == Verification.page else { break }
            after = records.last?.key
        }
        takeArchived(before: nil)
        while let pin = pins.first { conclude(pin, before: nil) }
        for finding in check.finish() { found("\(finding)") }
        return check.count
    }

    private mutating func look(at stored: StoredRecord) {
        let look = RecordLook(stored)
        let segment = look.segment
        takeArchived(before: segment.first)
        for finding in look.findings { found(finding) }
        compare(segment)
        for finding in check.take(key: segment.first, previous: segment.previous, digest: segment.digest) {
            found("\(finding)")
        }
    }

    /// Takes up what is kept elsewhere and comes before a record, where the store hasn't it too.
    private mutating func takeArchived(before key: RecordKey?) {
        while let segment = archived.first, key.map({ segment.first < $0 }) ?? true {
            archived.removeFirst()
            let isBefore = key.map { segment.lastKey < $0 } ?? true
            guard isBefore, lastKey.map({ $0 < segment.first }) ?? true else { continue }
            compare(segment)
            for finding in check.take(segment) { found("\(finding)") }
        }
    }

    /// Compares records with what checkpoints say of them.
    private mutating func compare(_ segment: ChainSegment) {
        while let pin = pins.first, pin.segment.lastKey < segment.first { conclude(pin, before: segment.first) }
        while let pin = pins.first, pin.segment.lastKey <= segment.lastKey {
            if pin.segment.lastKey == segment.lastKey, pin.segment.digest != segment.digest {
                isPinBroken = true
                break
            }
            pins.removeFirst()
            isPinBroken = false
        }
        lastKey = segment.lastKey
    }

    /// Is done with a pin of which the records weren't seen as they were signed.
    private mutating func conclude(_ pin: CheckpointLog.Pin, before next: RecordKey?) {
        defer {
            pins.removeFirst()
            isPinBroken = false
        }
        let end = pin.segment.lastKey
        if isPinBroken {
            return found(
                "\(end) isn't what checkpoint \(pin.number) signed: it, or one before it in its boot, was written anew")
        }
        // What is missing before a record of the same boot shows by that.
        if let next, next.isOfBoot(of: end) { return }
        let seen = lastKey.flatMap { $0.isOfBoot(of: end) ? $0.sequence : nil } ?? 0
        let first = max(pin.segment.first.sequence, seen + 1)
        found(
            (first == end.sequence ? "\(end) is missing" : "\(end.at(first)) to \(end.sequence) are missing")
                + ", which checkpoint \(pin.number) signed")
    }

    private mutating func found(_ text: String) {
        findingCount += 1
        tell(text)
    }
}
