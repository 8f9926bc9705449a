public import Telemetry

/// A place where records are kept for good. Every method may be called at once from many tasks, and from many
/// processes.
///
/// All throw ``StoreError``.
public protocol RecordStore: Sendable {
    /// Makes the tables, or brings them up to date. Of many that begin together one does it, and the others wait.
    func migrate() async throws

    /// Keeps records: all are durable when this returns, or it throws. What is there already isn't kept twice.
    ///
    /// - Returns: how many are new.
    func add(_ records: [ReceivedRecord]) async throws -> Int

    /// Proves that records could be added now, by writing.
    func check() async throws

    /// A site's records, by their instants.
    func records(_ query: RecordQuery) async throws -> RecordPage

    /// Records by their keys, a page at a time: so many at most behind one.
    func scan(_ scope: RecordScope, after: StoredKey?, limit: Int) async throws -> [StoredRecord]

    /// The months of which there are records, or a place for them.
    func months() async throws -> [RecordMonth]

    /// Drops all records of a month, if there are so many and no more; else nothing.
    func drop(_ month: RecordMonth, expecting count: Int) async throws

    /// Returns the credential whose token has this digest; nil: none.
    func credential(_ digest: Digest) async throws -> Credential?

    /// All that have been issued.
    func credentials() async throws -> [Credential]

    /// Issues one.
    func add(_ credential: Credential) async throws

    /// Takes one back, by its ``Credential/id``.
    ///
    /// - Returns: whether there was one.
    func revoke(credential id: String) async throws -> Bool

    /// The rows of an answer, from what records were summed up to.
    func rows(_ query: StoreQuery) async throws -> [[StoreQuery.Value]]

    /// Sums up what was added since, for a moment: some quarters of an hour of some sites. Of many processes one does it.
    func summarise() async throws -> SummaryProgress

    /// Has all summaries made anew, by those who call ``summarise()``.
    func remakeSummaries() async throws

    /// Ends all connections.
    func close() async
}
