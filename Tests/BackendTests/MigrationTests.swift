import Lighting
import Processes
import Telemetry
import TestSupport
import Testing

@testable import Backend

/// PostgreSQL's tables from version to version, while programs of several versions run.
@Suite struct MigrationTests {
    /// The tables' version of the last release that instances may still be of.
    private static let released = 1

    @Test func `after each step the program of the version before works on`() {
        var before = 1
        for (index, step) in PostgresMigration.steps.enumerated() {
            #expect(step.compatible <= max(index, 1), "step \(index + 1) shuts out the version before")
            #expect(step.compatible >= before, "step \(index + 1) lets in what one before it shut out")
            before = step.compatible
        }
        #expect(before <= Self.released, "the last release's instances are shut out: contract a release later")
    }

    @Test func `what a program adds that notes nothing itself is summed up`() async throws {
        let test = try await TestStore.new(.postgresql)
        let (server, address) = (try TestStore.shared(), test.address)
        let database = String(address.split(separator: "/")[2])
        let role = "ingest_\(UInt32.random(in: .min ... .max))"
        _ = try await onThread { try server.run("CREATE ROLE \(role) LOGIN", in: database) }
        try await (test.store as? PostgresStore)?.migrate(grantingTo: role)
        let quarter = 1_795_000_500_000_000_000 / Quarter.nanoseconds
        let start = MeshInstant(nanoseconds: quarter * Quarter.nanoseconds)
        _ = try await test.store.add(try Records.chain(1, from: start))
        while try await test.store.summarise().done > 0 {}

        // The second bar lights 50 min after its activation, three quarters later.
        var chain = RecordChain(site: "home", node: "stair-02", boot: "1f0c")
        let records = try [0, 3_000_000_000_000].map { (late: Int64) in
            let activation = start.nanoseconds
            let body = RecordBody.light(
                FirstLight(
                    zone: "stair", bar: "\(late)", activation: activation, planned: activation,
                    actual: activation + late))
            return try ReceivedRecord(line: chain.append(body, at: MeshInstant(nanoseconds: activation + late)))
        }
        func add(_ records: [ReceivedRecord]) async throws {
            let rows = records.map { record in
                let line = String(decoding: record.line, as: UTF8.self).replacing("'", with: "''")
                return "('home', '\(record.key.node)', '1f0c', \(record.key.sequence), '\\x\(record.digest)', "
                    + "\(record.at.nanoseconds), '\(record.kind)', '\(line)')"
            }
            let statement = """
                INSERT INTO record (site, node, boot, sequence, digest, at, kind, line)
                VALUES \(rows.joined(separator: ", "))
                """
            let address = server.address(of: database, as: role)
            _ = try await onThread { try server.run(statement, in: address) }
        }
        try await add(try Records.chain(7, node: "stair-03", from: start))
        try await add(records)
        while try await test.store.summarise().done > 0 {}
        let history = History(store: test.store)
        let asked = HistoryQuery(
            site: "home", from: start.nanoseconds, to: start.nanoseconds + 4 * Quarter.nanoseconds)
        let activations = try await history.activations(asked).rows
        #expect(activations.map(\.bars) == [2] && activations.first?.late == 3_000_000_000_000, "\(activations)")
        // Motion began with the first record of each chain, and with the last of the long one.
        #expect(try await history.motion(asked, clock: .utc).map(\.motions).reduce(0, +) == 3)
        // What a program of this version adds is noted by itself alone, not row by row.
        _ = try await test.store.add(try Records.chain(9, node: "stair-04", from: start))
        #expect(try await onThread { try server.run("SELECT count(*) FROM summary_due", in: address) } == "1\n")
    }
}
