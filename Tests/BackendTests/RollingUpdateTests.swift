import FoundationEssentials
import Glibc
import MQTT
import Platform
import Processes
import TestSupport
import Testing

/// A program whose tables are of version 1 beside this one, on one database: `make rolling`.
@Suite(
    "Rolling update", .serialized,
    .enabled(if: EarlierBackend.path != nil, "make rolling builds an earlier footlight-backend"))
struct RollingUpdateTests {
    /// Who brings the tables up to date.
    enum Migrator: String, CaseIterable, Sendable {
        /// The first new instance, as the tables' owner.
        case instance
        /// `footlight-backend migrate`; instances may add records and read them.
        case command
    }

    /// What `footlight-backend` says of history.
    private struct Rows: Decodable {
        struct Row: Decodable {
            var motions: Int?
            var activations: Int?
        }
        var rows: [Row]
    }

    /// Two instances behind a balancer, so to say: who writes is led to another before one ends.
    private struct Site: Sendable {
        let server: PostgresServer
        /// The store as its owner, and as instances see it.
        let owner: String
        let store: String
        let old: String
        let new: String
        let (write, read): (String, String)

        init(_ migrator: Migrator, old: String) throws {
            self.old = old
            new = try Programs.path("footlight-backend")
            server = try PostgresServer()
            let owner = try server.newDatabase()
            self.owner = owner
            try server.run("CREATE ROLE ingest LOGIN", in: owner)
            let database = String(owner.split(separator: "/")[2])
            store = migrator == .instance ? owner : server.address(of: database, as: "ingest")
            try Site.run(old, ["migrate", "--store", owner, "--grant", "ingest"])
            func token(_ scope: String) throws -> String {
                try BackendProcess.token(store: owner, "--site", "home", "--scope", scope, program: old)
            }
            (write, read) = (try token("write"), try token("read"))
        }

        /// Runs a program to its end, which is to be a good one.
        @discardableResult
        static func run(_ program: String, _ arguments: [String]) throws -> String {
            let child = try ChildProcess(program, arguments)
            guard try child.waitForEnd(within: .seconds(60)) == .exit(0) else { throw ProcessFailure(child.output) }
            return child.output
        }

        /// The tables' version, and the earliest of a program that works with them.
        func tables() throws -> String {
            let row = try server.run("SELECT version, compatible FROM footlight_version", in: owner)
            return "tables of version " + row.prefix { $0 != "\n" }.replacing("|", with: ", for programs from ")
        }

        func start(_ program: String) throws -> BackendProcess {
            try BackendProcess(store: store, ["--drain", "1"], program: program)
        }

        /// Leads those of a place to another instance, has them go on there, and ends the one before.
        func replace(_ instance: inout BackendProcess, by program: String, for writers: [RecordWriter]) throws {
            let fresh = try start(program)
            for writer in writers { writer.turn(to: fresh.port) }
            for writer in writers { try writer.waitForRequests(10) }
            instance.process.signal(SIGTERM)
            guard try instance.process.waitForEnd(within: .seconds(30)) == .exit(0) else {
                throw ProcessFailure(instance.process.output)
            }
            instance = fresh
        }

        /// All records that an instance hands out.
        func records(_ instance: BackendProcess) throws -> [[UInt8]] {
            var (lines, after) = ([[UInt8]](), "")
            while true {
                let page = try instance.ask("GET", "/v1/records?limit=10000\(after)", token: read)
                guard page.status == 200 else { throw ProcessFailure(page.text) }
                lines += page.body.split(separator: 0x0a).map { Array($0) }
                guard let next = page.header("Footlight-Next") else { return lines }
                after = "&after=\(next)"
            }
        }

        /// The sum of what history says.
        func sum(_ instance: BackendProcess, _ target: String, _ count: (Rows.Row) -> Int?) throws -> Int {
            let answer = try instance.ask("GET", "/v1/sites/home/\(target)", token: read)
            return try JSONDecoder().decode(Rows.self, from: Data(answer.body)).rows.compactMap(count).reduce(0, +)
        }
    }

    private static func passed(_ what: String) { print("  rolling: \(what)") }

    /// From two old instances to two new ones; throws where a write isn't taken, or an instance doesn't do as it is told.
    private static func update(_ site: Site, _ migrator: Migrator, _ writers: [RecordWriter], _ first: [BackendProcess])
        throws -> [BackendProcess]
    {
        var instances = first
        let places = (0..<2).map { place in writers.indices.filter { $0 % 2 == place }.map { writers[$0] } }
        func goOn(_ what: String) throws {
            for writer in writers { try writer.waitForRequests(20) }
            passed("\(what); \(try site.tables()); \(writers.map(\.lines.count).reduce(0, +)) records were taken")
        }
        try goOn("two old instances")
        if migrator == .command {
            try Site.run(site.new, ["migrate", "--store", site.owner, "--grant", "ingest"])
            try goOn("the same after migrate")
        }
        // One that begins to serve, and brings the tables up to date: both old ones are still written to.
        let fresh = try site.start(site.new)
        try goOn("two old instances, and a new one that nobody is led to yet")
        fresh.process.signal(SIGKILL)
        try site.replace(&instances[0], by: site.new, for: places[0])
        try goOn("an old instance and a new one")
        try site.replace(&instances[1], by: site.old, for: places[1])
        try goOn("the old one started anew")
        try site.replace(&instances[0], by: site.old, for: places[0])
        try goOn("the new one gone back to the old")
        try site.replace(&instances[0], by: site.new, for: places[0])
        try site.replace(&instances[1], by: site.new, for: places[1])
        try goOn("two new instances")
        return instances
    }

    @Test(.timeLimit(.minutes(10)), arguments: Migrator.allCases)
    func `old instances write while new ones take their place`(_ migrator: Migrator) async throws {
        let old = try #require(EarlierBackend.path)
        let site = try await onThread { try Site(migrator, old: old) }
        let first = try await onThread { try [site.start(old), site.start(old)] }
        let day: Int64 = 86_400_000_000_000
        let begin = RealTimeClock.now - 360 * day
        let writers = (0..<4).map {
            RecordWriter(
                node: "stair-0\($0)", token: site.write, port: first[$0 % 2].port, from: begin + Int64($0) * 80 * day)
        }
        let instances = try await withThrowingTaskGroup(of: Void.self) { group in
            defer { for writer in writers { writer.end() } }
            for writer in writers { group.addTask { try await onThread { writer.run() } } }
            return try await onThread { try Self.update(site, migrator, writers, first) }
        }

        // What was taken is there, each line once, whoever took it.
        let taken = writers.flatMap(\.lines)
        let found = try await onThread { try site.records(instances[0]) }
        #expect(found.count == taken.count && Set(found) == Set(taken))
        #expect(writers.allSatisfy { $0.failure == nil }, "\(writers.compactMap(\.failure))")
        let verdict = try await onThread { try Site.run(site.new, ["verify", "--store", site.owner]) }
        #expect(verdict == "\(taken.count) records: all are whole\n")
        // So it is in history, without another step.
        let requests = taken.count / RecordWriter.recordsPerRequest
        try await eventually(within: .seconds(180), "all motion is summed up") {
            try await onThread { try site.sum(instances[1], "motion?from=\(begin)", \.motions) } == requests
        }
        try await eventually(within: .seconds(180), "all light is summed up") {
            try await onThread { try site.sum(instances[1], "sync?step=day&from=\(begin)", \.activations) } == requests
        }
        Self.passed("\(verdict.prefix { $0 != "\n" }); history has all \(requests) motions and activations")

        // A release later the tables shut the old one out.
        _ = try await onThread { try site.server.run("UPDATE footlight_version SET compatible = 2", in: site.owner) }
        let late = try ChildProcess(old, ["serve", "--listen", "127.0.0.1:\(FreePort.next())", "--store", site.store])
        #expect(try await late.end(within: .seconds(30)) == .exit(78), "\(late.output)")
        #expect(late.output.contains("the tables need a program of version 2, this is 1: update it"))
        Self.passed("contracted, an old instance ends: \(late.output.prefix { $0 != "\n" })")
        for instance in instances { instance.process.signal(SIGTERM) }
    }
}
