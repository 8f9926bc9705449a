import MQTT
import Mesh
import Processes
import TestSupport
import Testing

/// What `footlight health --json` prints, as far as tests look at it.
struct HealthOutput: Decodable {
    struct Group: Decodable {
        var zone: String
        var desiredCapacity: Int
        var healthy: Int
        var standby: Int
        var holding: String?
    }
    struct Node: Decodable {
        var node: String
        var healthStatus: String
        var lifecycleState: String
        var cause: String
        var reportAgeSeconds: Double?
        var checks: [HealthMessage.Check]?
    }
    var healthy: Bool
    var fleetAgent: String?
    var groups: [Group]
    var nodes: [Node]
    var problems: [String]

    /// The node of this name.
    func node(_ name: String) throws -> Node {
        guard let node = nodes.first(where: { $0.node == name }) else { throw TestFailure("no \(name) in \(nodes)") }
        return node
    }
}

@Suite("footlight health without a fleet agent") struct HealthTests {
    @Test func `judges nodes by what they say of themselves`() async throws {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            let all = try await stairs.footlight("health").succeeded()
            #expect(all.output.contains("home: healthy (no fleet agent: by nodes' own reports)"))
            #expect(!all.output.contains("\u{1b}") && !all.output.contains("! "))
            let output = try await stairs.footlight("health", "stairs", "--json").succeeded()
                .json(HealthOutput.self)
            #expect(output.healthy && output.fleetAgent == nil)
            #expect(output.groups.map(\.desiredCapacity) == [3] && output.groups.map(\.healthy) == [3])
            #expect(output.nodes.allSatisfy { $0.healthStatus == "Healthy" && ($0.reportAgeSeconds ?? 99) < 5 })

            let described = try HealthTests.describedChecks()
            for check in output.nodes.flatMap({ $0.checks ?? [] }) {
                // `bar/<bar>` for any bar.
                let kind = check.check.split(separator: "/").count > 1 ? check.check.prefix { $0 != "/" } + "/<" : nil
                let unit = described.first { kind.map($0.check.hasPrefix) ?? ($0.check == check.check) }?.unit
                #expect(unit == check.unit, "docs/protocol.md, the check \(check.check)")
            }
            #expect(output.nodes.allSatisfy { ($0.checks ?? []).count > 10 })

            try stairs.agent("stair-02").signal(9)
            try await eventually(within: .seconds(10), "the loss is told of") {
                try await stairs.footlight("health").code == 1
            }
            let lost = try await stairs.footlight("health")
            #expect(lost.code == 1 && lost.output.contains("home: not healthy"))
            #expect(lost.output.contains("stair-02  Unhealthy  offline  none    offline; its agent"))
            let json: HealthOutput = try await stairs.footlight("health", "--json").json()
            #expect(!json.healthy && json.groups.map(\.healthy) == [2])
        }
    }

    /// The checks and their units by the table in docs/protocol.md.
    private static func describedChecks() throws -> [(check: String, unit: String)] {
        try Repository.rows("docs/protocol.md", section: "node/\\<node\\>/health").map { row in
            (Repository.code(row[0])[0], Repository.code(row[1])[0])
        }
    }

    /// Alive and connected by all that the broker knows, and not at work.
    @Test func `a node that hangs is found out, as it is asked`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            try stairs.agent("stair-01").signal(19)
            defer { try? stairs.agent("stair-01").signal(18) }
            let output: HealthOutput = try await stairs.footlight("health", "--json").json()
            #expect(try output.node("stair-01").cause == "said to be online, and doesn't report")
            #expect(!output.healthy)
        }
    }

    @Test func `a zone that isn't there, and what can't be read`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let unknown = try await stairs.footlight("health", "stars")
            #expect(unknown.code == 64 && unknown.error.contains("did you mean stairs?"))
            for (topic, text) in [
                ("fleet/group/stairs", "[1]"), ("fleet/node/stair-01", "{}"),
                ("fleet/agent/fleet-a", #"{"online":true,"term":1e99}"#), ("node/evil/health", #"{"checks":7}"#),
                ("node/evil/status", #"{"state":"\u001b[2J"}"#), ("config/node/stair-01", "{"),
            ] {
                try await stairs.client.publish(
                    MQTTMessage(topic: "footlight/home/" + topic, payload: Array(text.utf8), retain: true))
            }
            let result = try await stairs.footlight("health").succeeded()
            #expect(result.output.contains("! footlight/home/fleet/group/stairs can't be read"))
            #expect(!result.output.contains("\u{1b}"))
        }
    }

    @Test func `goes on telling of changes, a line each`() async throws {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            let watch = try ChildProcess(
                try Programs.path("footlight"), ["health", "--watch"], environment: stairs.environment)
            defer { watch.signal(9) }
            try await onThread {
                try watch.waitForOutput("stair-02: Healthy online", "stairs: 3 of 3 healthy")
                try stairs.agent("stair-02").signal(9)
                try watch.waitForOutput("stair-02: Unhealthy offline", "stairs: 2 of 3 healthy")
            }
        }
    }

    @Test func `nobody to order about`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let described = try await stairs.footlight("fleet", "describe")
            #expect(described.code == 69 && described.error.contains("start footlight-fleet"))
            let standby = try await stairs.footlight("fleet", "standby", "stair-01")
            #expect(standby.code == 69 && standby.error.contains("none leads; start footlight-fleet"))
            let unknown = try await stairs.footlight("fleet", "standby", "stair-02")
            #expect(unknown.code == 64 && unknown.error.contains("did you mean stair-01?"))
        }
    }
}
