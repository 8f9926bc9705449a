import Backend
import Glibc
import Lighting
import Processes
import Telemetry
import TestSupport
import Testing

/// What holds of every store alike.
@Suite struct StoreTests {
    /// All that a store has, in its own order.
    private static func all(_ store: any RecordStore, site: String? = nil) async throws -> [StoredRecord] {
        var all: [StoredRecord] = []
        while true {
            let page = try await store.scan(.site(site), after: all.last?.key, limit: 7)
            all += page
            if page.count < 7 { return all }
        }
    }

    private static func findings(_ store: any RecordStore) async throws -> (count: Int, findings: [String]) {
        var findings: [String] = []
        var verification = Verification { findings.append($0) }
        return (try await verification.run(store, site: nil), findings)
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `records are kept byte for byte, each once, however often and in what parts they come`(
        kind: TestStore.Kind
    ) async throws {
        let test = try await TestStore.new(kind)
        let records = try Records.chain(25)
        #expect(try await test.store.add([]) == 0)
        #expect(try await test.store.add(Array(records[..<10])) == 10)
        #expect(try await test.store.add(Array(records[..<10])) == 0)
        #expect(try await test.store.add(records) == 15)
        // Twice within one request too.
        #expect(try await test.store.add(records.reversed() + records) == 0)
        let others = try Records.chain(5, node: "stair-02")
        #expect(try await test.store.add(others + records + others) == 5)
        let all = try await Self.all(test.store)
        #expect(all.map(\.line) == (records + others).map(\.line))
        #expect(all.map(\.key.key) == (records + others).map(\.key))
        #expect(try await Self.findings(test.store) == (30, []))
        // Another process sees the same.
        #expect(try await Self.all(test.another()) == all)
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `two records of one key are both kept, and found`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let one = try Records.chain(3)
        let other = try Records.chain(3, from: Records.now + .milliseconds(1))
        _ = try await test.store.add(one)
        #expect(try await test.store.add(other) == 3)
        let found = try await Self.findings(test.store)
        #expect(found.count == 6)
        #expect(found.findings.contains("home/stair-01/1f0c/1 is there twice, with different contents"))
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `a site's records come by their instants, in pages, of a node and a kind`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let one = try Records.chain(20)
        let two = try Records.chain(20, node: "stair-02")
        _ = try await test.store.add(two + one)
        _ = try await test.store.add(try Records.chain(3, site: "cabin"))
        var query = RecordQuery(site: "home", limit: 7)
        var lines: [[UInt8]] = []
        repeat {
            let page = try await test.store.records(query)
            #expect(page.lines.count == 7 || page.next == nil)
            lines += page.lines
            query.after = page.next.flatMap { RecordQuery.Cursor(text: $0.description) }
        } while query.after != nil
        // Two at each instant, by the node's name.
        #expect(lines == zip(one, two).flatMap { [$0.line, $1.line] })
        func count(_ change: (inout RecordQuery) -> Void) async throws -> Int {
            var query = RecordQuery(site: "home")
            change(&query)
            return try await test.store.records(query).lines.count
        }
        #expect(try await count { $0.node = "stair-02" } == 20)
        #expect(try await count { $0.kind = "motion" } == 14)
        #expect(try await count { $0.kind = "none" } == 0)
        #expect(try await count { $0.from = (Records.now + .seconds(15)).nanoseconds } == 10)
        #expect(try await count { $0.to = (Records.now + .seconds(15)).nanoseconds } == 30)
        #expect(try await count { $0.site = "' OR 1=1 --" } == 0)
        #expect(try await Self.all(test.store, site: "cabin").count == 3)
    }

    /// Months apart, so that PostgreSQL needs several partitions, at midnight of years among them.
    @Test(arguments: TestStore.Kind.allCases)
    func `records of any month find a place`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let newYear = MeshInstant(nanoseconds: 1_767_225_600_000_000_000)
        let starts = [
            newYear - .nanoseconds(1), newYear, newYear + .seconds(86_400 * 31), newYear - .seconds(86_400 * 300),
        ]
        var all: [ReceivedRecord] = []
        for (index, start) in starts.enumerated() { all += try Records.chain(2, boot: "boot-\(index)", from: start) }
        #expect(try await test.store.add(all) == 8)
        #expect(try await Self.all(test.store).count == 8)
        #expect(try await test.store.add(all) == 0)
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `many that begin together make the tables once, and add the same records once`(
        kind: TestStore.Kind
    ) async throws {
        let test = try await TestStore.new(kind, isMigrated: false)
        let records = try Records.chain(200)
        let new = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                let store = try test.another()
                group.addTask {
                    try await store.migrate()
                    var new = 0
                    for start in stride(from: 0, to: 200, by: 50).shuffled() {
                        new += try await store.add(Array(records[start..<start + 50]))
                    }
                    await store.close()
                    return new
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(new == 200)
        #expect(try await Self.findings(test.store) == (200, []))
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `a store says whether it can be written to, and what is wrong`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        try await test.store.check()
        let address = kind == .sqlite ? "sqlite:///nowhere/at/all.sqlite" : "postgresql://owner@127.0.0.1:1/none"
        let store = try StoreAddress(address).store()
        await #expect(throws: StoreError.self) { try await store.check() }
        await #expect(throws: StoreError.self) { try await store.add(try Records.chain(1)) }
    }

    @Test(arguments: TestStore.Kind.allCases)
    func `credentials are issued, listed and taken back`(kind: TestStore.Kind) async throws {
        let test = try await TestStore.new(kind)
        let token = Credential.newToken()
        #expect(token.count == 53 && token != Credential.newToken())
        let credential = Credential(
            digest: Digest(of: Array(token.utf8)), site: "home", scope: .write, expires: 1_900_000_000)
        let other = Credential(digest: Digest(of: [1]), site: "home", scope: .read, expires: nil)
        #expect(try await test.store.credential(credential.digest) == nil)
        try await test.store.add(credential)
        try await test.store.add(other)
        #expect(try await test.store.credential(credential.digest) == credential)
        #expect(Set(try await test.store.credentials()) == [credential, other])
        #expect(try await test.store.revoke(credential: credential.id))
        #expect(try await !test.store.revoke(credential: credential.id))
        #expect(try await test.store.credential(credential.digest) == nil)
        #expect(try await test.store.credentials() == [other])
    }

    @Test(arguments: ["", "file:///x", "sqlite://relative", "sqlite:///", "mysql://x", "postgresql:/x"])
    func `what is no store's address is refused`(text: String) {
        #expect(throws: StoreError.self) { try StoreAddress(text) }
    }
}
