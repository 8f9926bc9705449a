import Fleet
import FoundationEssentials
import Glibc
import Mesh
import Processes
import TestSupport
import Testing

@Suite("Records on their way to the backend", .serialized) struct UplinkTests {
    /// A record as the backend hands it out.
    private struct Record: Decodable {
        struct Body: Decodable {
            var motion: Bool?
            var bar: String?
        }
        var node: String
        var boot: String
        var sequence: Int64
        var kind: String
        var at: Int64
        var body: Body

        var key: String { "\(node)/\(boot)/\(sequence)" }
    }

    /// What `footlight health --json` says of records.
    private struct Health: Decodable {
        struct Telemetry: Decodable {
            var agent: String
            var records: Int
            var lastSuccessAgeSeconds: Double?
            var error: String?
        }
        var telemetry: [Telemetry]
    }

    /// A backend on a file, and who may hand over and read.
    private struct Backend {
        let folder: TemporaryFolder
        let port: UInt16
        let reader: String

        var store: String { "sqlite://\(folder.path)/backend.sqlite" }

        init() throws {
            folder = try TemporaryFolder("uplink")
            port = try FreePort.next()
            let store = "sqlite://\(folder.path)/backend.sqlite"
            reader = try BackendProcess.token(store: store, "--site", "home", "--scope", "read")
            try folder.write(try BackendProcess.token(store: store, "--site", "home") + "\n", to: "token", mode: 0o600)
        }

        func start() throws -> BackendProcess { try BackendProcess(store: store, port: port) }

        /// Lines for a fleet agent's file.
        func telemetry(of id: String) -> String {
            "telemetry: {url: http://127.0.0.1:\(port), tokenFile: \(folder.path)/token, outbox: \(folder.path)/\(id)}"
        }

        /// All records that it has.
        func records(_ process: BackendProcess) throws -> [Record] {
            let answer = try process.ask("GET", "/v1/records?limit=10000", token: reader)
            guard answer.status == 200 else { throw TestFailure("\(answer.status) \(answer.text)") }
            return try answer.body.split(separator: 0x0a).map {
                try JSONDecoder().decode(Record.self, from: Data($0))
            }
        }

        /// What `footlight-backend verify` prints.
        func verify() throws -> String {
            let verify = try ChildProcess(Programs.path("footlight-backend"), ["verify", "--store", store])
            try verify.waitForEnd(within: .seconds(30))
            return verify.output
        }
    }

    /// When motion began by what the sensor's node said.
    private static func edges(_ log: FleetLog) -> Set<Int64> {
        let said = log.all("node/stair-01/sensor/bottom", as: SensorMessage.self)
        return Set(said.map(\.message.lastEdge)).subtracting([0])
    }

    /// Somebody walks past, once the one before has been told of.
    private static func walk(_ site: FleetSite, times: Int) async throws {
        for _ in 0..<times {
            let before = site.read { edges($0).count }
            try site.walk()
            try await site.until("the walk is told of") { edges($0).count > before ? true : nil }
        }
    }

    private static func health(_ site: FleetSite) async throws -> Health {
        try await CommandResult.footlight(
            ["health", "--json"], environment: ["FOOTLIGHT_BROKER": "\(site.broker.address)", "FOOTLIGHT_SITE": "home"]
        ).json()
    }

    private static func plan(_ backend: Backend) -> FleetPlan {
        var plan = FleetPlan()
        plan.bars = 2
        plan.spares = []
        for id in plan.agents { plan.furtherLines[id] = backend.telemetry(of: id) }
        return plan
    }

    /// Motion that everybody hears of, then a backend that is killed, and the leader after it.
    ///
    /// - Returns: the leader that was killed.
    private static func walkAmidFailures(_ site: FleetSite, _ backend: Backend, _ process: BackendProcess) async throws
        -> String
    {
        let leader = try await site.leader()
        try await site.until("\(leader) collects") { log in
            log.latest["fleet/collector"]?.isEmpty == false ? true : nil
        }
        try await walk(site, times: 3)
        try await eventually(within: .seconds(30), "all is in the backend") {
            try backend.records(process).count { $0.kind == "motion" } >= 6
        }
        // Both bars' first light, measured.
        try await eventually(within: .seconds(30), "so is the light") {
            Set(try backend.records(process).filter { $0.kind == "light" }.map(\.node)).count == 2
        }

        process.process.signal(SIGKILL)
        let outage = site.read { $0.entries.count }
        try await walk(site, times: 3)
        try await site.until("the leader has them") { log in
            log.entries.dropFirst(outage).contains { $0.topic == "node/stair-01/recorded" } ? true : nil
        }
        try await eventually(within: .seconds(30), "the outage is seen") {
            try await health(site).telemetry.contains { $0.agent == leader && $0.records > 0 && $0.error != nil }
        }
        // Whoever walks now is told of to nobody, or to one who dies with it.
        try await walk(site, times: 1)
        try site.process(leader).signal(SIGKILL)
        try await walk(site, times: 3)
        try await site.until("another collects") { log in
            log.latest["fleet/collector"].map { !String(decoding: $0, as: UTF8.self).contains("\"\(leader)\"") } == true
                ? true : nil
        }
        try await walk(site, times: 2)
        return leader
    }

    /// All is there that was to be, and nothing twice.
    private static func awaitAll(_ site: FleetSite, _ backend: Backend, _ process: BackendProcess) async throws {
        try await eventually(within: .seconds(60), "each motion is in the backend") {
            let began = try backend.records(process).filter { $0.body.motion == true }.map(\.at)
            return site.read { Self.edges($0) }.isSubset(of: began)
        }
        try await eventually(within: .seconds(30), "nothing waits any more") {
            let telemetry = try await health(site).telemetry
            return telemetry.count == 2
                && telemetry.allSatisfy { $0.records == 0 && $0.error == nil && $0.lastSuccessAgeSeconds != nil }
        }
        let records = try backend.records(process)
        let edges = site.read { log in Self.edges(log) }
        #expect(edges.count == 12)
        let began = records.filter { $0.body.motion == true }.map(\.at)
        #expect(began.count == edges.count && Set(began) == edges, "each exactly once")
        let ended = records.count { $0.body.motion == false }
        #expect(ended == edges.count)
        #expect(Set(records.map(\.key)).count == records.count)
        let verdict = try backend.verify()
        #expect(verdict.hasSuffix("all are whole\n"), "\(verdict)")
    }

    @Test func `each motion arrives exactly once, though backend and leader are killed`() async throws {
        let backend = try Backend()
        let process = try backend.start()
        defer { process.process.signal(SIGKILL) }
        try await FleetSite.with(Self.plan(backend)) { site in
            let killed = try await Self.walkAmidFailures(site, backend, process)
            let restarted = try backend.start()
            defer { restarted.process.signal(SIGKILL) }
            try site.startFleet(killed)
            try await Self.awaitAll(site, backend, restarted)
        }
    }

    @Test func `a token that the backend refuses is told to whoever looks`() async throws {
        let backend = try Backend()
        try backend.folder.write("footlight_nobody\n", to: "token", mode: 0o600)
        let process = try backend.start()
        defer { process.process.signal(SIGKILL) }
        var plan = Self.plan(backend)
        plan.agents = ["fleet-a"]
        try await FleetSite.with(plan) { site in
            try await Self.walk(site, times: 1)
            let remark = try await site.until("it says so") { log in log.agent("fleet-a")?.remark }
            #expect(remark.contains("refuses the token") && remark.contains("telemetry.tokenFile"))
            #expect(!remark.contains("{") && !remark.contains("footlight_nobody"), "\(remark)")
            let shown = try await CommandResult.footlight(
                ["health"], environment: ["FOOTLIGHT_BROKER": "\(site.broker.address)", "FOOTLIGHT_SITE": "home"])
            #expect(shown.output.contains("telemetry by fleet-a: ") && shown.output.contains("refuses the token"))
            #expect(try backend.records(process).isEmpty)
        }
    }
}
