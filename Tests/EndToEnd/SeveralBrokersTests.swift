import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("Agents that list two brokers end up on one", .serialized)
struct SeveralBrokersTests {
    /// What `footlight apply --json` prints, as far as it matters here.
    private struct Applied: Decodable {
        var warnings: [String]
    }

    private func withTwoBrokers(
        _ body: @Sendable (_ stairs: Staircase, _ second: LocalBroker) async throws -> Void
    ) async throws {
        try await TestBroker.with { second in
            var plan = StaircasePlan()
            plan.bars = 4
            plan.hold = "5s"
            plan.laterBrokers = [second.address]
            try await Staircase.with(plan) { try await body($0, second) }
        }
    }

    /// The nodes that a broker has online. Where a broker began without memory, that is by their own word since.
    private func online(_ stairs: Staircase, at broker: BrokerAddress) async throws -> Set<String> {
        let retained = try await Retained.read(broker, site: stairs.plan.site)
        return Set(
            stairs.plan.nodes.filter { node in
                guard let text = retained["node/\(node)/status"] else { return false }
                guard let status = try? JSON.decode(NodeStatus.self, from: Array(text.utf8)) else { return false }
                return status.state == .online && status.broker == "\(broker)"
            })
    }

    private func all(
        _ stairs: Staircase, at broker: LocalBroker, none other: LocalBroker?, within limit: Duration
    ) async throws {
        let deadline = MonotonicClock.now + limit.components.seconds * 1_000_000_000
        var seen: Set<String> = []
        var elsewhere: Set<String> = []
        while MonotonicClock.now < deadline {
            seen = try await online(stairs, at: broker.address)
            elsewhere = []
            if let other { elsewhere = try await online(stairs, at: other.address) }
            if seen.count == stairs.plan.nodes.count, elsewhere.isEmpty { return }
            try await stairs.sleep(until: MonotonicClock.now + 200_000_000)
        }
        throw TestFailure("here \(seen.sorted()), elsewhere \(elsewhere.sorted()); the agents wrote:\n\(stairs.logs)")
    }

    /// A motion at the bottom lights every bar.
    private func lightsAll(_ stairs: Staircase) async throws {
        for node in stairs.plan.stairs {
            try await stairs.frames(of: node, within: .seconds(20), "dark before") { $0.last?.isDark ?? true }
        }
        try stairs.agent("stair-01").signal(SIGUSR1)
        for node in stairs.plan.stairs { try await stairs.full(node) }
    }

    /// Runs `body` until a node says at a broker that it is there, a hundred times at most; returns the node's name.
    private func arrival(
        of site: String, at broker: BrokerAddress, while body: @Sendable () async throws -> Void
    ) async throws -> String {
        try await MQTTClient.withClient(MQTTConfiguration(addresses: [broker], clientID: "watcher")) { client in
            let messages = try await client.messages([Topic.status(node: "+").name(site: site)])
            let arrived = Monitor<String?>(nil)
            let watching = Task {
                for try await message in messages {
                    guard let status = try? JSON.decode(NodeStatus.self, from: message.payload) else { continue }
                    // What it said of the connection before may go out with this one, where it was lost that quickly.
                    guard status.state == .online, status.broker == "\(broker)" else { continue }
                    arrived.change { $0 = $0 ?? message.topic }
                }
            }
            defer { watching.cancel() }
            for _ in 0..<100 {
                try await body()
                if let node = arrived.change({ $0 }) { return node }
            }
            throw TestFailure("no node came to \(broker)")
        }
    }

    @Test
    func `the first restarts at once until a node is on the second: all are on the first within 60 s`() async throws {
        try await withTwoBrokers { stairs, second in
            for _ in 0..<3 {
                _ = try await self.arrival(of: stairs.plan.site, at: second.address) {
                    try await onThread { try stairs.broker.restart(wipingMemory: true) }
                    // The next comes in the midst of reconnecting.
                    try await stairs.sleep(until: MonotonicClock.now + 150_000_000)
                }
            }
            try await self.all(stairs, at: stairs.broker, none: second, within: .seconds(60))
            try await self.lightsAll(stairs)
        }
    }

    @Test
    func `health and get say that half of the mesh is on another broker, and no more once it is back`() async throws {
        try await withTwoBrokers { stairs, second in
            let both = "\(stairs.broker.address),\(second.address)"
            let healthy: HealthOutput = try await stairs.footlight("health", "--json", "--broker", both).json()
            #expect(healthy.problems.isEmpty, "\(healthy)")
            // A node whose file lacks the first stays at the second.
            let file = "\(stairs.folder.path)/stair-02.yaml"
            let text = String(decoding: try stairs.folder.contents(of: "stair-02.yaml"), as: UTF8.self)
            try stairs.folder.write(text.replacing("\(stairs.broker.address), ", with: ""), to: "stair-02.yaml")
            try stairs.start("stair-02")
            try await eventually(within: .seconds(20), "stair-02 is on the second, by \(file)") {
                try await self.online(stairs, at: second.address) == ["stair-02"]
            }
            let torn = try await stairs.footlight("health", "--json", "--broker", both)
            let report: HealthOutput = try torn.json()
            #expect(torn.code == 1 && !report.healthy)
            let problem = report.problems.first { $0.contains("part of the mesh is on another broker") } ?? ""
            #expect(problem.contains("stair-02 on \(second.address)"), "\(report.problems)")
            #expect(problem.contains("landing, stair-01, stair-03, stair-04 on \(stairs.broker.address)"), "\(problem)")
            let seen = try await stairs.footlight("get", "--broker", both).succeeded()
            #expect(seen.output.contains("! part of the mesh is on another broker: stair-02"), "\(seen)")
            // Whoever does something for the site is told as well, where it is done and where it fails.
            let site = "\(stairs.folder.path)/site.yaml"
            let applied = try await stairs.footlight("apply", site, "--json", "--broker", both)
            let warnings = try applied.json(Applied.self).warnings
            #expect(warnings.contains { $0.hasPrefix("part of the mesh is on another broker: stair-02") }, "\(applied)")
            let warning = "warning: part of the mesh is on another broker: stair-02 on \(second.address)"
            for arguments in [["on", "stairs"], ["auto", "stairs"], ["trigger", "stair-01/bottom"]] {
                let done = try await CommandResult.footlight(
                    arguments + ["--broker", both], environment: stairs.environment)
                #expect(done.code == 0 && done.error.contains(warning), "\(done)")
            }
            let failed = try await stairs.footlight("on", "nowhere", "--broker", both)
            #expect(failed.code == 64 && failed.error.contains(warning), "\(failed)")
            let alone = try await stairs.footlight("auto", "stairs").succeeded()
            #expect(alone.error.isEmpty, "\(alone)")
            try stairs.folder.write(text, to: "stair-02.yaml")
            try stairs.start("stair-02")
            try await stairs.waitUntilOnline()
            let whole: HealthOutput = try await stairs.footlight("health", "--json", "--broker", both).json()
            #expect(whole.problems.isEmpty, "\(whole)")
        }
    }

    @Test
    func `a node on a later broker says so in its health, and where it is in its status`() async throws {
        try await withTwoBrokers { stairs, second in
            try await onThread { try stairs.broker.kill() }
            try await self.all(stairs, at: second, none: nil, within: .seconds(30))
            let nodes = try await CommandResult.footlight(
                ["health", "--json"],
                environment: ["FOOTLIGHT_BROKER": "\(second.address)", "FOOTLIGHT_SITE": stairs.plan.site])
            let report: HealthOutput = try nodes.json()
            for node in report.nodes {
                let check = (node.checks ?? []).first { $0.check == "later broker" }
                #expect(check?.value == 2 && check?.detail?.contains("\(stairs.broker.address)") == true, "\(node)")
            }
            #expect(report.nodes.count == stairs.plan.nodes.count)
        }
    }

    @Test
    func `the first is away: all are on the second and a motion lights all; it comes back: all are on the first`()
        async throws
    {
        try await withTwoBrokers { stairs, second in
            try await onThread { try stairs.broker.kill() }
            try await self.all(stairs, at: second, none: nil, within: .seconds(30))
            try await self.lightsAll(stairs)
            try await onThread { try stairs.broker.restart(wipingMemory: true) }
            try await self.all(stairs, at: stairs.broker, none: second, within: .seconds(60))
            try await self.lightsAll(stairs)
        }
    }
}
