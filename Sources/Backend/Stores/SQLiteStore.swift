internal import Glibc
internal import Lighting
internal import SQLite
public import Telemetry

/// Records in an SQLite file: for one machine, which then needs nothing but this program.
public final class SQLiteStore: RecordStore {
    private let path: String
    let writer: StoreWorker<SQLiteDatabase>
    private let reader: StoreWorker<SQLiteDatabase>
    /// What people look at may take longer: records and credentials don't wait for it.
    private let looker: StoreWorker<SQLiteDatabase>
    /// Sums up: it reads for as long as it takes, and writes when the writer lets it.
    let summariser: StoreWorker<SQLiteDatabase>

    /// The store in a file, which is made by ``migrate()``.
    public init(path: String) {
        self.path = path
        func worker(_ name: String, _ setting: String? = nil) -> StoreWorker<SQLiteDatabase> {
            // After a failure of the disk nothing is known of what the connection has in mind.
            StoreWorker(
                "footlight.store.\(name)", isLost: { ($0 as? StoreError)?.code != .failed },
                open: { try SQLiteStore.open(path, setting) })
        }
        writer = worker("write")
        reader = worker("read")
        looker = worker("look")
        // What is lost with the machine's power is summed up once more.
        summariser = worker("summarise", "PRAGMA synchronous = NORMAL; \(QuarterStatements.readingTable)")
    }

    private static func open(_ path: String, _ setting: String?) throws -> SQLiteDatabase {
        do throws(SQLiteError) {
            let database = try SQLiteDatabase(path: path)
            // Of several processes each waits for its turn.
            try database.execute("PRAGMA busy_timeout = 10000")
            try database.execute("PRAGMA journal_mode = WAL")
            try database.execute("PRAGMA synchronous = FULL")
            try database.execute("PRAGMA journal_size_limit = 16777216")
            if let setting { try database.execute(setting) }
            return database
        } catch {
            throw StoreError(error, path)
        }
    }

    /// Each step takes the tables from the version before.
    private static let steps = [
        """
        CREATE TABLE record (
            site TEXT NOT NULL, node TEXT NOT NULL, boot TEXT NOT NULL, sequence INTEGER NOT NULL,
            digest BLOB NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, line BLOB NOT NULL,
            received INTEGER NOT NULL DEFAULT (unixepoch()),
            PRIMARY KEY (site, node, boot, sequence, digest)) STRICT, WITHOUT ROWID;
        CREATE INDEX record_at ON record (site, at);
        CREATE TABLE credential (
            digest BLOB PRIMARY KEY, site TEXT NOT NULL, scope TEXT NOT NULL, expires INTEGER) STRICT;
        CREATE TABLE heartbeat (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;
        """,
        SummaryTables.creation(.sqlite) + "\n" + SummaryTables.remake,
        "ALTER TABLE summary_due ADD COLUMN noted INTEGER NOT NULL DEFAULT 0",
    ]
    private static var version: Int64 { Int64(steps.count) }

    /// Makes the tables, or brings them up to date.
    public func migrate() async throws {
        try await write { database throws(SQLiteError) in
            try database.transaction { () throws(SQLiteError) in
                let version = try database.rows("PRAGMA user_version") { $0.integer(0) }.first ?? 0
                guard version < SQLiteStore.version else { return }
                for step in SQLiteStore.steps[Int(version)...] { try database.execute(step) }
                try database.execute("PRAGMA user_version = \(SQLiteStore.version)")
            }
        }
        let version = try await read { database throws(SQLiteError) in
            try database.rows("PRAGMA user_version") { $0.integer(0) }.first ?? 0
        }
        guard version == SQLiteStore.version else {
            throw StoreError(
                .wrongVersion, "\(path) is of version \(version), this program knows \(SQLiteStore.version): update it")
        }
    }

    /// Keeps records, durable on return; returns how many are new.
    public func add(_ records: [ReceivedRecord]) async throws -> Int {
        try await write { database throws(SQLiteError) in
            try database.transaction { () throws(SQLiteError) in
                var new = 0
                for record in records {
                    try database.run(
                        """
                        INSERT OR IGNORE INTO record (site, node, boot, sequence, digest, at, kind, line)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """, .text(record.key.site), .text(record.key.node), .text(record.key.boot),
                        .integer(record.key.sequence), .bytes(record.digest.bytes), .integer(record.at.nanoseconds),
                        .text(record.kind), .bytes(record.line))
                    new += database.changes
                }
                if new > 0 {
                    for quarter in Quarter.all(of: records) {
                        try database.run(SummaryTables.note, .text(quarter.site), .integer(quarter.number))
                    }
                }
                return new
            }
        }
    }

    /// Proves that records could be added now, by writing.
    public func check() async throws {
        try await write { database throws(SQLiteError) in
            try database.run("INSERT OR REPLACE INTO heartbeat VALUES (1, unixepoch())")
        }
    }

    /// A site's records, by their instants.
    public func records(_ query: RecordQuery) async throws -> RecordPage {
        let after = query.after
        let rows = try await read { database throws(SQLiteError) in
            try database.rows(
                """
                SELECT at, node, boot, sequence, lower(hex(digest)), line FROM record
                WHERE site = ?1 AND at >= ?2 AND at < ?3 AND (?4 IS NULL OR node = ?4) AND (?5 IS NULL OR kind = ?5)
                    AND (at, node, boot, sequence, lower(hex(digest))) > (?6, ?7, ?8, ?9, ?10)
                ORDER BY at, node, boot, sequence, digest LIMIT ?11
                """, .text(query.site), .integer(max(query.from, after?.at ?? query.from)), .integer(query.to),
                query.node.map { .text($0) } ?? .null, query.kind.map { .text($0) } ?? .null,
                .integer(after?.at ?? -1), .text(after?.node ?? ""), .text(after?.boot ?? ""),
                .integer(after?.sequence ?? 0), .text(after?.digest ?? ""), .integer(Int64(query.limit) + 1)
            ) { row in
                (
                    RecordQuery.Cursor(
                        at: row.integer(0), node: row.text(1), boot: row.text(2), sequence: row.integer(3),
                        digest: row.text(4)), row.bytes(5)
                )
            }
        }
        return RecordPage(rows, limit: query.limit)
    }

    /// Records by their keys, a page at a time.
    public func scan(_ scope: RecordScope, after: StoredKey?, limit: Int) async throws -> [StoredRecord] {
        var values: [SQLiteValue] = []
        func place(_ value: SQLiteValue) -> String {
            values.append(value)
            return "?\(values.count)"
        }
        let conditions = scope.conditions(
            after: after, text: { place(.text($0)) }, number: { place(.integer($0)) },
            digest: { place(.bytes($0.bytes)) })
        let statement = """
            SELECT site, node, boot, sequence, digest, line FROM record WHERE \(conditions)
            ORDER BY site, node, boot, sequence, digest LIMIT \(place(.integer(Int64(limit))))
            """
        return try await read { [values] database throws(SQLiteError) in
            try database.rows(statement, values) { row in
                StoredRecord(
                    key: StoredKey(
                        key: RecordKey(
                            site: row.text(0), node: row.text(1), boot: row.text(2), sequence: row.integer(3)),
                        digest: Digest(bytes: row.bytes(4)) ?? .none), line: row.bytes(5))
            }
        }
    }

    /// The months of which there are records.
    public func months() async throws -> [RecordMonth] {
        try await read { database throws(SQLiteError) in
            try database.rows("SELECT DISTINCT strftime('%Y-%m', at / 1000000000, 'unixepoch') FROM record ORDER BY 1")
            {
                RecordMonth(text: $0.text(0))
            }
        }
    }

    /// Drops all records of a month, if there are so many and no more.
    public func drop(_ month: RecordMonth, expecting count: Int) async throws {
        let present = try await write { database throws(SQLiteError) -> Int in
            let bounds: [SQLiteValue] = [.integer(month.instants.lowerBound), .integer(month.instants.upperBound)]
            return try database.transaction { () throws(SQLiteError) in
                let present = try database.rows("SELECT count(*) FROM record WHERE at >= ? AND at < ?", bounds) {
                    Int($0.integer(0))
                }.first
                if present == count {
                    try database.run("DELETE FROM record WHERE at >= ? AND at < ?", bounds[0], bounds[1])
                }
                return present ?? 0
            }
        }
        guard present == count else { throw StoreError.grown(month, has: present, expected: count) }
    }

    /// The rows of an answer.
    public func rows(_ query: StoreQuery) async throws -> [[StoreQuery.Value]] {
        try await run(on: looker) { database throws(SQLiteError) in try database.rows(query) }
    }

    /// Has all summaries made anew.
    public func remakeSummaries() async throws {
        try await write { database throws(SQLiteError) in try database.execute(SummaryTables.remake) }
    }

    /// Ends all connections.
    public func close() async {
        await summariser.close()
        await looker.close()
        await reader.close()
        await writer.close()
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) async throws -> Result {
        try await run(on: writer, body)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) async throws -> Result {
        try await run(on: reader, body)
    }

    func run<Result: Sendable>(
        on worker: StoreWorker<SQLiteDatabase>,
        _ body: @escaping @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) async throws -> Result {
        try await worker.run { [path] database in
            do throws(SQLiteError) {
                return try body(database)
            } catch {
                throw StoreError(error, path)
            }
        }
    }
}
