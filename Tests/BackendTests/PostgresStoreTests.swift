import Backend
import Glibc
import Processes
import Telemetry
import TestSupport
import Testing

/// What holds of PostgreSQL alone.
@Suite struct PostgresStoreTests {
    /// By the role that instances serve as.
    @Test func `the role that takes records can add and read them, and change nothing`() async throws {
        let test = try await TestStore.new(.postgresql)
        let (server, database) = (try TestStore.shared(), String(test.address.split(separator: "/")[2]))
        let role = "ingest_\(UInt32.random(in: .min ... .max))"
        _ = try await onThread { try server.run("CREATE ROLE \(role) LOGIN", in: database) }
        let address = server.address(of: database, as: role)
        let store = try StoreAddress(address).store()
        let early = await #expect(throws: StoreError.self) { try await store.add(try Records.chain(1)) }
        #expect(early?.code == .notAllowed)
        #expect(early?.description.contains("footlight-backend migrate --grant ROLE") == true)
        try await (test.store as? PostgresStore)?.migrate(grantingTo: role)

        try await store.migrate()
        let records = try Records.chain(20)
        // A partition is made for the first, and the second way of adding is gone for what is there already.
        #expect(try await store.add(Array(records[..<12])) == 12)
        #expect(try await store.add(records) == 8)
        try await store.check()
        #expect(try await store.records(RecordQuery(site: "home")).lines.count == 20)
        for statement in [
            "UPDATE record SET kind = 'log'", "DELETE FROM record", "TRUNCATE record", "DROP TABLE record",
            "ALTER TABLE record ADD extra int", "CREATE TABLE mine (x int)", "TRUNCATE record_2026_11",
            "DROP TABLE record_2026_11", "INSERT INTO credential VALUES ('x', 'home', 'write', NULL)",
            "DELETE FROM credential", "UPDATE footlight_version SET version = 9",
            "ALTER TABLE record DETACH PARTITION record_2026_11",
        ] {
            let refusal = try await onThread { () -> String in
                do {
                    try server.run(statement, in: address)
                    return "was done"
                } catch { return "\(error)" }
            }
            #expect(
                refusal.contains("permission denied") || refusal.contains("must be owner"), "\(statement): \(refusal)")
        }
        #expect(try await test.store.scan(.all, after: nil, limit: 100).count == 20)
    }

    @Test func `what somebody with the database does to it is found`() async throws {
        let test = try await TestStore.new(.postgresql)
        let (server, address) = (try TestStore.shared(), test.address)
        let records = try Records.chain(12)
        _ = try await test.store.add(records)
        func findings(after statement: String) async throws -> [String] {
            _ = try await onThread { try server.run(statement, in: address) }
            var found: [String] = []
            var verification = Verification { found.append($0) }
            _ = try await verification.run(test.store, site: "home")
            _ = try await onThread { try server.run("DELETE FROM record", in: address) }
            _ = try await test.store.add(records)
            return found
        }
        let key = "home/stair-01/1f0c"
        #expect(try await findings(after: "SELECT 1") == [])
        #expect(try await findings(after: "DELETE FROM record WHERE sequence = 5") == ["\(key)/5 is missing"])
        #expect(
            try await findings(after: "UPDATE record SET line = replace(line, 'line', 'lime') WHERE sequence = 5") == [
                "\(key)/5 isn't what was taken", "\(key)/5 is changed: the record after it follows another one",
            ])
        // Whoever mends the digest too can't mend what the next record says of it.
        #expect(
            try await findings(
                after: """
                    UPDATE record SET line = replace(line, 'line', 'lime'),
                        digest = sha256(convert_to(replace(line, 'line', 'lime'), 'UTF8')) WHERE sequence = 5
                    """) == ["\(key)/5 is changed: the record after it follows another one"])
        let swapped = try await findings(
            after: "UPDATE record SET sequence = 11 - sequence WHERE sequence IN (5, 6)")
        #expect(swapped.contains("\(key)/5 is the record of \(key)/6"))
    }

    /// Its answer was lost: nobody knows whether it has them.
    @Test func `a server that is killed and comes back loses nothing that was acknowledged`() async throws {
        let server = try await onThread { try PostgresServer() }
        let address = try await onThread { try server.newDatabase() }
        let store = try StoreAddress(address).store()
        try await store.migrate()
        let records = try Records.chain(400)
        let killer = Task {
            for _ in 0..<3 {
                try await Task.sleep(for: .milliseconds(Int.random(in: 30...200)))
                try await onThread { try server.restart() }
            }
        }
        var acknowledged = 0
        for start in stride(from: 0, to: 400, by: 4) {
            let part = Array(records[start..<start + 4])
            try await eventually(within: .seconds(120), "records are taken") {
                do {
                    _ = try await store.add(part)
                    return true
                } catch let error as StoreError {
                    guard error.code == .unavailable else { throw error }
                    return false
                }
            }
            acknowledged += 4
            if start % 40 == 0 { try await Task.sleep(for: .milliseconds(20)) }
        }
        try await killer.value
        var verification = Verification { Issue.record("\($0)") }
        let left = try StoreAddress(address).store()
        #expect(try await verification.run(left, site: nil) == acknowledged)
    }

    @Test func `a store made by a later version is left alone`() async throws {
        let test = try await TestStore.new(.postgresql)
        let (server, address) = (try TestStore.shared(), test.address)
        // One that this program still works with, while both run.
        _ = try await onThread { try server.run("UPDATE footlight_version SET version = 99", in: address) }
        try await test.store.migrate()
        #expect(try await test.store.add(try Records.chain(1)) == 1)
        _ = try await onThread { try server.run("UPDATE footlight_version SET compatible = 99", in: address) }
        let error = await #expect(throws: StoreError.self) { try await test.store.migrate() }
        #expect(error?.code == .wrongVersion)
        #expect(error?.description.contains("update it") == true)
    }
}
