internal import Lighting
internal import Platform
public import Telemetry

/// Records in PostgreSQL, in partitions by month: for any number of instances of this program.
public final class PostgresStore: RecordStore {
    /// How many connections take records at once.
    private static let writerCount = 4

    private let address: String
    private let writers: [StoreWorker<PostgresConnection>]
    private let reader: StoreWorker<PostgresConnection>
    /// What people look at may take longer: records, credentials and health don't wait for it.
    private let looker: StoreWorker<PostgresConnection>
    private let summariser: StoreWorker<PostgresConnection>

    /// The store at an address, such as `postgresql://ingest@db-a,db-b/footlight`; nothing is connected yet.
    public init(address: String) {
        self.address = address
        func worker(_ name: String) -> StoreWorker<PostgresConnection> {
            StoreWorker(
                "footlight.store.\(name)", isLost: { ($0 as? PostgresError)?.isOfConnection == true },
                open: { try PostgresConnection(address: address) })
        }
        writers = (1...PostgresStore.writerCount).map { worker("write-\($0)") }
        reader = worker("read")
        looker = worker("look")
        summariser = worker("summarise")
    }

    /// Makes the tables, or brings them up to date, and lets a role use them.
    ///
    /// - Parameter role: may add and read records, and nothing else: not change or delete them, nor drop what they are in.
    public func migrate(grantingTo role: String?) async throws {
        try await run(on: reader) { connection throws(PostgresError) in
            try PostgresMigration.run(on: connection, grantingTo: role)
        }
    }

    /// Makes the tables, or brings them up to date.
    public func migrate() async throws { try await migrate(grantingTo: nil) }

    /// Keeps records, durable on return; returns how many are new.
    public func add(_ records: [ReceivedRecord]) async throws -> Int {
        guard !records.isEmpty else { return 0 }
        let worker = writers.min { $0.load < $1.load } ?? writers[0]
        return try await run(on: worker) { connection throws(PostgresError) in
            try PostgresStore.add(records, by: connection)
        }
    }

    /// Proves that records could be added now, by writing.
    public func check() async throws {
        try await run(on: reader) { connection throws(PostgresError) in
            // A transaction that writes to the log, and waits as one with records would; it takes no room in a table.
            try connection.query("SELECT pg_logical_emit_message(true, 'footlight', 'health')")
            try connection.query("SELECT 1 FROM record LIMIT 0")
        }
    }

    /// A site's records, by their instants.
    public func records(_ query: RecordQuery) async throws -> RecordPage {
        let after = query.after
        let rows = try await run(on: reader) { connection throws(PostgresError) in
            try connection.query(
                """
                SELECT at, node, boot, sequence, encode(digest, 'hex'), line FROM record
                WHERE site = $1 AND at >= $2::bigint AND at < $3::bigint AND ($4::text IS NULL OR node = $4)
                    AND ($5::text IS NULL OR kind = $5)
                    AND (at, node, boot, sequence, digest)
                        > ($6::bigint, $7::text, $8::text, $9::bigint, decode($10, 'hex'))
                ORDER BY at, node, boot, sequence, digest LIMIT $11::int
                """,
                [
                    query.site, "\(max(query.from, after?.at ?? query.from))", "\(query.to)", query.node, query.kind,
                    "\(after?.at ?? -1)", after?.node ?? "", after?.boot ?? "", "\(after?.sequence ?? 0)",
                    after?.digest ?? "", "\(query.limit + 1)",
                ])
        }
        return RecordPage(
            rows.map { row in
                (
                    RecordQuery.Cursor(
                        at: Int64(row[0] ?? "") ?? 0, node: row[1] ?? "", boot: row[2] ?? "",
                        sequence: Int64(row[3] ?? "") ?? 0, digest: row[4] ?? ""), Array((row[5] ?? "").utf8)
                )
            }, limit: query.limit)
    }

    /// Records by their keys, a page at a time.
    public func scan(_ scope: RecordScope, after: StoredKey?, limit: Int) async throws -> [StoredRecord] {
        var values: [String] = []
        func place(_ value: String) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        let conditions = scope.conditions(
            after: after, text: place, number: { "\(place("\($0)"))::bigint" },
            digest: { "decode(\(place($0.description)), 'hex')" })
        let statement = """
            SELECT site, node, boot, sequence, encode(digest, 'hex'), line FROM record WHERE \(conditions)
            ORDER BY site, node, boot, sequence, digest LIMIT \(place("\(limit)"))::int
            """
        let rows = try await run(on: reader) { [values] connection throws(PostgresError) in
            try connection.query(statement, values)
        }
        return rows.map { row in
            StoredRecord(
                key: StoredKey(
                    key: RecordKey(
                        site: row[0] ?? "", node: row[1] ?? "", boot: row[2] ?? "", sequence: Int64(row[3] ?? "") ?? 0),
                    digest: Digest(text: row[4] ?? "") ?? .none), line: Array((row[5] ?? "").utf8))
        }
    }

    /// The months of which there are partitions.
    public func months() async throws -> [RecordMonth] {
        try await run(on: reader) { connection throws(PostgresError) in
            try connection.query(
                """
                SELECT replace(substr(relname, 8), '_', '-') FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                WHERE inhparent = 'record'::regclass ORDER BY 1
                """)
        }.compactMap { row in row[0].flatMap { RecordMonth(text: $0) } }
    }

    /// Drops a month's partition, if there are so many records and no more. The tables' owner alone can.
    public func drop(_ month: RecordMonth, expecting count: Int) async throws {
        let table = "record_\(month.description.replacing("-", with: "_"))"
        let present = try await run(on: reader) { connection throws(PostgresError) -> Int in
            try connection.run("BEGIN")
            do throws(PostgresError) {
                // From here on nobody adds any. To count them may take its time.
                try connection.run("SET LOCAL statement_timeout = 0; LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE")
                let present = try connection.query("SELECT count(*) FROM \(table)").first?.first ?? nil
                if present == "\(count)" {
                    try connection.run("ALTER TABLE record DETACH PARTITION \(table); DROP TABLE \(table)")
                }
                try connection.run("COMMIT")
                return present.flatMap { Int($0) } ?? 0
            } catch {
                try? connection.run("ROLLBACK")
                throw error
            }
        }
        guard present == count else { throw StoreError.grown(month, has: present, expected: count) }
    }

    private static let credentialColumns = "encode(digest, 'hex'), site, scope, expires"

    /// Returns the credential whose token has this digest; nil: none.
    public func credential(_ digest: Digest) async throws -> Credential? {
        try await run(on: reader) { connection throws(PostgresError) in
            try connection.query(
                "SELECT \(PostgresStore.credentialColumns) FROM credential WHERE digest = decode($1, 'hex')",
                [digest.description])
        }.first.flatMap(Credential.init(row:))
    }

    /// All that have been issued.
    public func credentials() async throws -> [Credential] {
        try await run(on: reader) { connection throws(PostgresError) in
            try connection.query(
                "SELECT \(PostgresStore.credentialColumns) FROM credential ORDER BY site, digest")
        }.compactMap(Credential.init(row:))
    }

    /// Issues a credential.
    public func add(_ credential: Credential) async throws {
        _ = try await run(on: reader) { connection throws(PostgresError) in
            try connection.change(
                "INSERT INTO credential (digest, site, scope, expires) VALUES (decode($1, 'hex'), $2, $3, $4::bigint)",
                [
                    credential.digest.description, credential.site, credential.scope.rawValue,
                    credential.expires.map { "\($0)" },
                ])
        }
    }

    /// Takes a credential back.
    public func revoke(credential id: String) async throws -> Bool {
        try await run(on: reader) { connection throws(PostgresError) in
            try connection.change("DELETE FROM credential WHERE left(encode(digest, 'hex'), 12) = $1", [id])
        } > 0
    }

    /// The rows of an answer.
    public func rows(_ query: StoreQuery) async throws -> [[StoreQuery.Value]] {
        try await run(on: looker) { connection throws(PostgresError) in try connection.rows(query) }
    }

    /// Brings summaries up to date, for a moment; where another process does, nothing.
    public func summarise() async throws -> SummaryProgress {
        try await run(on: summariser) { connection throws(PostgresError) in
            var progress = SummaryProgress()
            let due = try connection.rows(StoreQuery("SELECT DISTINCT site, quarter FROM summary_due LIMIT 21"))
            progress.isMore = due.count > 20
            let start = MonotonicClock.now
            for row in due.prefix(20) {
                guard MonotonicClock.now - start < 500_000_000 else { break }
                let quarter = Quarter(site: row[0].text ?? "", number: row[1].number ?? 0)
                do throws(PostgresError) {
                    guard try connection.sum(QuarterStatements.all(quarter, .postgresql)) else { return progress }
                    progress.done += 1
                } catch {
                    guard error.isOfData else { throw error }
                    _ = try connection.sum([QuarterStatements.forget(quarter)])
                    progress.faults.append(
                        "\(quarter.site): \(StoreError(error)): the quarter of an hour from \(quarter.start) isn't summed up"
                    )
                }
            }
            return progress
        }
    }

    /// Has all summaries made anew.
    public func remakeSummaries() async throws {
        try await run(on: summariser) { connection throws(PostgresError) in try connection.run(SummaryTables.remake) }
    }

    /// Ends all connections.
    public func close() async {
        for worker in writers + [reader, looker, summariser] { await worker.close() }
    }

    /// Runs `body` with a connection. One that has died since it was last used is replaced, and `body` is run once more: all
    /// that is asked of a store may be asked twice.
    private func run<Result: Sendable>(
        on worker: StoreWorker<PostgresConnection>,
        _ body: @escaping @Sendable (PostgresConnection) throws(PostgresError) -> Result
    ) async throws -> Result {
        var tries = 0
        while true {
            tries += 1
            do {
                return try await worker.run { connection in try body(connection) }
            } catch let error as PostgresError {
                if tries == 1, error.isOfConnection || error.isOfMoment { continue }
                throw StoreError(error)
            }
        }
    }
}

extension PostgresConnection {
    /// Runs statements in one transaction; returns whether nobody else sums up at present.
    fileprivate func sum(_ statements: [StoreQuery]) throws(PostgresError) -> Bool {
        try run("BEGIN")
        do throws(PostgresError) {
            // Lost with the server's end, it is done once more.
            try run("SET LOCAL synchronous_commit = off")
            let isAlone =
                try query("SELECT pg_try_advisory_xact_lock(\(PostgresMigration.lock) + 2)").first?.first == "t"
            if isAlone { for statement in statements { try rows(statement) } }
            try run("COMMIT")
            return isAlone
        } catch {
            try? run("ROLLBACK")
            throw error
        }
    }
}

extension Credential {
    fileprivate init?(row: [String?]) {
        guard let digest = row[0].flatMap({ Digest(text: $0) }), let site = row[1],
            let scope = row[2].flatMap({ Scope(rawValue: $0) })
        else { return nil }
        self.init(digest: digest, site: site, scope: scope, expires: row[3].flatMap { Int64($0) })
    }
}
