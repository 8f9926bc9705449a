import Fleet
import FoundationEssentials
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("Records on their way to the backend", .serialized) struct UplinkTests {
    /// A record as the backend hands it out.
    struct Record: Decodable {
        struct Body: Decodable {
            var motion: Bool?
            var bar: String?
            var level: String?
            var text: String?
            var name: String?
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
    struct Health: Decodable {
        struct Telemetry: Decodable {
            var agent: String
            var records: Int
            var lastSuccessAgeSeconds: Double?
            var error: String?
        }
        var telemetry: [Telemetry]
    }

    /// A backend on a file, and who may hand over and read.
    struct Backend {
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
        func telemetry(of id: String, by way: String? = nil) -> String {
            "telemetry: {url: \(way ?? "http://127.0.0.1:\(port)"), tokenFile: \(folder.path)/token, "
                + "outbox: \(folder.path)/\(id)}"
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

    /// When motion began last by what the sensor's node said, nanoseconds of mesh time.
    private static func lastEdge(_ log: FleetLog) -> Int64 {
        log.all("node/stair-01/sensor/bottom", as: SensorMessage.self).map(\.message.lastEdge).max() ?? 0
    }

    /// Somebody walks past, once the one before has been told of and is gone.
    ///
    /// - Returns: when, nanoseconds since 1970.
    static func walk(_ site: FleetSite, times: Int) async throws -> [Int64] {
        var walks: [Int64] = []
        for _ in 0..<times {
            let before = site.read { lastEdge($0) }
            try await eventually(within: .seconds(5), "the one before is gone") {
                RealTimeClock.now > before + 4 * closeness
            }
            let walked = RealTimeClock.now
            try site.walk()
            // A node's clock takes small steps until it is the mesh's, and it says all anew in the new time.
            try await site.until("the walk is told of") { lastEdge($0) > walked - closeness ? true : nil }
            walks.append(walked)
        }
        return walks
    }

    /// Within this an instant of a record is that of a walk.
    private static let closeness: Int64 = 20_000_000

    /// Whether there is motion for each walk, once, and nothing else.
    static func are(_ records: [Record], of walks: [Int64]) -> Bool {
        let began = records.filter { $0.body.motion == true }.map(\.at).sorted()
        return began.count == walks.count && records.count { $0.body.motion == false } == walks.count
            && zip(began, walks).allSatisfy { abs($0 - $1) < closeness }
    }

    static func health(_ site: FleetSite) async throws -> Health {
        try await CommandResult.footlight(
            ["health", "--json"], environment: ["FOOTLIGHT_BROKER": "\(site.broker.address)", "FOOTLIGHT_SITE": "home"]
        ).json()
    }

    static func plan(_ backend: Backend, by way: String? = nil) -> FleetPlan {
        var plan = FleetPlan()
        plan.bars = 2
        plan.spares = []
        for id in plan.agents { plan.furtherLines[id] = backend.telemetry(of: id, by: way) }
        return plan
    }

    /// Motion that everybody hears of, then a backend that is killed, and the leader after it.
    ///
    /// - Returns: the leader that was killed, and when there was motion.
    private static func walkAmidFailures(_ site: FleetSite, _ backend: Backend, _ process: BackendProcess) async throws
        -> (leader: String, walks: [Int64])
    {
        let leader = try await site.leader()
        try await site.until("\(leader) collects") { log in
            log.latest["fleet/collector"]?.isEmpty == false ? true : nil
        }
        var walks = try await walk(site, times: 3)
        let first = walks
        try await eventually(within: .seconds(30), "all is in the backend") {
            are(try backend.records(process), of: first)
        }
        // Both bars' first light, measured.
        try await eventually(within: .seconds(30), "so is the light") {
            Set(try backend.records(process).filter { $0.kind == "light" }.map(\.node)).count == 2
        }
        try await eventually(within: .seconds(30), "so are the nodes' logs and figures, and the fleet agent's log") {
            let records = try backend.records(process)
            let hasFigures = records.contains { $0.node == "stair-01" && $0.body.name == "memory" }
            return hasFigures
                && ["stair-01", leader].allSatisfy { node in
                    records.contains {
                        $0.node == node && $0.body.level == "info" && $0.body.text?.isEmpty == false
                    }
                }
        }

        process.process.signal(SIGKILL)
        let outage = site.read { $0.entries.count }
        walks += try await walk(site, times: 3)
        try await site.until("the leader has them") { log in
            log.entries.dropFirst(outage).contains { $0.topic == "node/stair-01/recorded" } ? true : nil
        }
        try await eventually(within: .seconds(30), "the outage is seen") {
            try await health(site).telemetry.contains { $0.agent == leader && $0.records > 0 && $0.error != nil }
        }
        // Whoever walks now is told of to nobody, or to one who dies with it.
        walks += try await walk(site, times: 1)
        try site.process(leader).signal(SIGKILL)
        walks += try await walk(site, times: 3)
        try await site.until("another collects") { log in
            log.latest["fleet/collector"].map { !String(decoding: $0, as: UTF8.self).contains("\"\(leader)\"") } == true
                ? true : nil
        }
        walks += try await walk(site, times: 2)
        return (leader, walks)
    }

    /// All is there that was to be, and nothing twice.
    static func awaitAll(
        of walks: [Int64], at site: FleetSite, in backend: Backend, _ process: BackendProcess
    ) async throws {
        try await eventually(within: .seconds(60), "each motion is in the backend") {
            try backend.records(process).count { $0.kind == "motion" } >= 2 * walks.count
        }
        try await eventually(within: .seconds(30), "nothing waits any more") {
            try await health(site).telemetry.allSatisfy {
                $0.records == 0 && $0.error == nil && $0.lastSuccessAgeSeconds != nil
            }
        }
        let records = try backend.records(process)
        let motion = records.filter { $0.kind == "motion" }
        #expect(are(motion, of: walks), "\(walks): \(motion.map { "\($0.key) \($0.at) \($0.body)" })")
        #expect(Set(records.map(\.key)).count == records.count)
        let verdict = try backend.verify()
        #expect(verdict.hasSuffix("all are whole\n"), "\(verdict)")
    }

    @Test func `each motion arrives exactly once, though backend and leader are killed`() async throws {
        let backend = try Backend()
        let process = try backend.start()
        defer { process.process.signal(SIGKILL) }
        try await FleetSite.with(Self.plan(backend)) { site in
            let (killed, walks) = try await Self.walkAmidFailures(site, backend, process)
            let restarted = try backend.start()
            defer { restarted.process.signal(SIGKILL) }
            try site.startFleet(killed)
            try await Self.awaitAll(of: walks, at: site, in: backend, restarted)
        }
    }

    @Test func `what happens while no fleet agent is there arrives later, also from a node that started meanwhile`()
        async throws
    {
        let backend = try Backend()
        let process = try backend.start()
        defer { process.process.signal(SIGKILL) }
        var plan = Self.plan(backend)
        plan.agents = ["fleet-a"]
        try await FleetSite.with(plan) { site in
            var walks = try await Self.walk(site, times: 1)
            let first = walks
            try await eventually(within: .seconds(30), "all is in the backend") {
                Self.are(try backend.records(process), of: first)
            }
            try site.process("fleet-a").signal(SIGKILL)
            // What a node has to remember is on its disk by then.
            try await eventually(within: .seconds(30), "the node keeps in mind that somebody collects") {
                String(decoding: try site.folder.contents(of: "stair-01.json"), as: UTF8.self).contains(
                    "fleet/collector")
            }
            try site.start("stair-01")
            let restarted = try site.process("stair-01")
            try await onThread { try restarted.waitForOutput("connected to", within: .seconds(30)) }
            walks += try await Self.walk(site, times: 3)
            let before = site.read { $0.entries.count }
            try site.startFleet("fleet-a")
            try await site.until("the node hands over") { log in
                log.entries.dropFirst(before).contains { $0.topic == "node/stair-01/recorded" } ? true : nil
            }
            try await Self.awaitAll(of: walks, at: site, in: backend, process)
            let boots = Set(try backend.records(process).filter { $0.node == "stair-01" }.map(\.boot))
            #expect(boots.count == 2)
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
            _ = try await Self.walk(site, times: 1)
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
