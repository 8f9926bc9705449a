internal import Glibc
internal import Gzip
internal import HTTPSender
internal import Lighting
internal import MQTT
internal import Platform
internal import Processes
internal import SQLite
internal import Telemetry
internal import TestSupport

/// One instance of the backend, on PostgreSQL and on SQLite, beside the database alone with the same rows.
struct BackendBench {
    /// How many records go together: as many as fleet agents send.
    private static let batch = 1000
    /// How many clients send at once, to the backend and to the database alike.
    private static let clients = 4

    let programs: Programs
    /// How many batches a round has, and how many rounds there are.
    let batches: Int
    let rounds: Int

    func run() async throws -> [Row] {
        let server = try await onThread { try PostgresServer() }
        var (rows, memory) = try await postgres(server)
        let sqlite = try await self.sqlite()
        rows += sqlite.rows
        memory = max(memory, sqlite.memory)
        let count = rounds * batches * BackendBench.batch
        rows.append(
            Row(
                .backend, "an instance's memory after \(count) records",
                Figure(Sample([Double(memory)]), unit: "MB", per: 1024), judged: .median, limit: 60))
        rows.append(try await sites(server))
        return rows
    }

    // MARK: - PostgreSQL

    private func postgres(_ server: PostgresServer) async throws -> (rows: [Row], memory: Int) {
        let (programs, address, raw) = try await onThread {
            (self.programs, try server.newDatabase(), try server.newDatabase())
        }
        let instance = try await BackendInstance.start(programs, store: address, site: "bench")
        defer { instance.end() }
        _ = try await onThread { try BackendInstance.run(programs, ["migrate", "--store", raw]) }
        let (folder, rounds, batches) = (try BenchFolder(), rounds, batches)
        var (ours, copy, insert, latencies) = ([Double](), [Double](), [Double](), [Double]())
        for round in 0..<rounds {
            Progress.say("backend: PostgreSQL, round \(round + 1) of \(rounds)")
            let work = try RecordBatch.all(batches, of: Self.batch, round: round)
            for instant in Set([work.first, work.last].compactMap { $0?.records.first?.at.nanoseconds }) {
                _ = try await onThread { try server.run("SELECT footlight_make_partition(\(instant))", in: raw) }
            }
            let sent = try await instance.send(work.map(\.body), clients: BackendBench.clients)
            ours.append(sent.seconds / Double(batches))
            latencies += sent.latencies
            copy.append(
                try await Self.psql(work, in: raw, folder, named: "copy-\(round)", by: Self.copyStatement)
                    / Double(batches))
            insert.append(
                try await Self.psql(work, in: raw, folder, named: "insert-\(round)", by: Self.insertStatements)
                    / Double(batches))
        }
        func figure(_ seconds: [Double]) -> Figure { Figure(Sample(seconds), unit: "ms", per: 1e-3) }
        let notes = [
            "\(Self.perSecond(ours)) records a second, by COPY \(Self.perSecond(copy)), by INSERT \(Self.perSecond(insert))",
            "a request of 1000 took \(Notes.number(Sample(latencies).median * 1e3)) ms, "
                + "\(Notes.number(Sample(latencies).p99 * 1e3)) ms at p99, four at once",
        ]
        return (
            [
                Row(
                    .backend, "PostgreSQL: 1000 records", figure(ours), against: "the same rows by psql's COPY",
                    figure(copy),
                    judged: .median, limit: 1 / 0.7, notes: notes),
                Row(
                    .backend, "PostgreSQL: 1000 records", figure(ours), against: "the same by INSERT of 100 rows",
                    figure(insert), judged: .median, limit: 1.0 / 3),
            ], instance.residentKilobytes
        )
    }

    private static let columns = "site, node, boot, sequence, digest, at, kind, line"

    private static func copyStatement(_ batch: RecordBatch, _ boot: String) -> String {
        var text = "COPY record (\(columns)) FROM STDIN;\n"
        for record in batch.records {
            let line = String(decoding: record.line, as: UTF8.self).replacing("\\", with: "\\\\")
            text += "\(record.key.site)\t\(record.key.node)\t\(boot)\t\(record.key.sequence)\t\\\\x\(record.digest)"
            text += "\t\(record.at.nanoseconds)\t\(record.kind)\t\(line)\n"
        }
        return text + "\\.\n"
    }

    private static func insertStatements(_ batch: RecordBatch, _ boot: String) -> String {
        var text = ""
        for start in stride(from: 0, to: batch.records.count, by: 100) {
            let rows = batch.records[start..<min(start + 100, batch.records.count)].map { record in
                let line = String(decoding: record.line, as: UTF8.self).replacing("'", with: "''")
                return
                    "('\(record.key.site)','\(record.key.node)','\(boot)',\(record.key.sequence),'\\x\(record.digest)',"
                    + "\(record.at.nanoseconds),'\(record.kind)','\(line)')"
            }
            text += "INSERT INTO record (\(columns)) VALUES \(rows.joined(separator: ","));\n"
        }
        return text
    }

    /// Has as many psql as there are clients add the rows, and returns how long that took, seconds.
    private static func psql(
        _ batches: [RecordBatch], in address: String, _ folder: BenchFolder, named boot: String,
        by statement: (RecordBatch, String) -> String
    ) async throws -> Double {
        for client in 0..<clients {
            let share = stride(from: client, to: batches.count, by: clients).map { statement(batches[$0], boot) }
            // As the backend's own sessions are: what they add is noted by no trigger.
            try folder.write("SET footlight.notes = 'own';\n" + share.joined(), to: "\(client).sql")
        }
        return try await onThread {
            let start = MonotonicClock.now
            let children = try (0..<clients).map {
                try ChildProcess(
                    "psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", address, "-f", "\(folder.path)/\($0).sql"])
            }
            for child in children {
                guard try child.waitForEnd(within: .seconds(600)) == .exit(0) else { throw BenchFailure(child.output) }
            }
            return Double(MonotonicClock.now - start) / 1e9
        }
    }

    // MARK: - SQLite

    private func sqlite() async throws -> (rows: [Row], memory: Int) {
        let folder = try TemporaryFolder("bench")
        let (programs, rounds, batches) = (programs, rounds, batches)
        let instance = try await BackendInstance.start(
            programs, store: "sqlite://\(folder.path)/backend.sqlite", site: "bench")
        defer { instance.end() }
        let raw = "\(folder.path)/raw.sqlite"
        _ = try await onThread { try BackendInstance.run(programs, ["migrate", "--store", "sqlite://\(raw)"]) }
        let database = try SQLiteDatabase(path: raw)
        try database.execute("PRAGMA synchronous = FULL")
        var (ours, theirs, latencies) = ([Double](), [Double](), [Double]())
        for round in 0..<rounds {
            Progress.say("backend: SQLite, round \(round + 1) of \(rounds)")
            let work = try RecordBatch.all(batches, of: Self.batch, round: round)
            let sent = try await instance.send(work.map(\.body), clients: BackendBench.clients)
            ours.append(sent.seconds / Double(batches))
            latencies += sent.latencies
            let start = MonotonicClock.now
            for batch in work {
                try database.transaction { () throws(SQLiteError) in
                    for record in batch.records {
                        try database.run(
                            "INSERT OR IGNORE INTO record (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                            .text(record.key.site), .text(record.key.node), .text(record.key.boot),
                            .integer(record.key.sequence), .bytes(record.digest.bytes), .integer(record.at.nanoseconds),
                            .text(record.kind), .bytes(record.line))
                    }
                }
            }
            theirs.append(Double(MonotonicClock.now - start) / 1e9 / Double(batches))
        }
        func figure(_ seconds: [Double]) -> Figure { Figure(Sample(seconds), unit: "ms", per: 1e-3) }
        return (
            [
                Row(
                    .backend, "SQLite: 1000 records", figure(ours), against: "the same rows by SQLite alone",
                    figure(theirs),
                    judged: .median, limit: 1 / 0.7,
                    notes: [
                        "\(Self.perSecond(ours)) records a second, by SQLite alone \(Self.perSecond(theirs))",
                        "a request of 1000 took \(Notes.number(Sample(latencies).median * 1e3)) ms, "
                            + "\(Notes.number(Sample(latencies).p99 * 1e3)) ms at p99, four at once",
                    ])
            ], instance.residentKilobytes
        )
    }

    // MARK: - Many sites

    /// A thousand sites at once, each with little, beside one site with all of that.
    private func sites(_ server: PostgresServer) async throws -> Row {
        let (count, clients, requests) = (1000, 32, 3000)
        let (programs, address) = (programs, try await onThread { try server.newDatabase() })
        let instance = try await BackendInstance.start(programs, store: address, site: "bench")
        defer { instance.end() }
        Progress.say("backend: \(count) sites")
        let tokens = (0..<count).map { "footlight_of-site-\($0)" }
        let values = tokens.indices.map { "('\\x\(Digest(of: Array(tokens[$0].utf8)))','site-\($0)','write')" }
        _ = try await onThread {
            try server.run(
                "INSERT INTO credential (digest, site, scope) VALUES \(values.joined(separator: ","))", in: address)
        }
        var work: [(token: String, body: [UInt8])] = []
        for round in 0..<requests / count {
            for site in 0..<count {
                let body = try RecordBatch.all(1, of: 100, round: round, site: "site-\(site)")[0].body
                work.append((tokens[site], body))
            }
        }
        let one = try RecordBatch.all(requests, of: 100, round: 0).map { (instance.token, $0.body) }
        let single = try await instance.send(one, clients: clients)
        let many = try await instance.send(work, clients: clients)
        return Row(
            .backend, "1000 sites, 100 records a request", Figure(Sample(many.latencies), unit: "ms", per: 1e-3),
            against: "one site's requests", Figure(Sample(single.latencies), unit: "ms", per: 1e-3), judged: .p99,
            limit: 3,
            notes: ["32 requests at once; 1000 sites: \(Int(Double(requests * 100) / many.seconds)) records a second"])
    }

    private static func perSecond(_ seconds: [Double]) -> Int { Int(Double(batch) / Sample(seconds).median) }
}
