import FoundationEssentials
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

/// The mesh on brokers that can do less than others.
@Suite struct BrokerLackTests {
    /// Two agents, of which the second starts when the site is there already.
    private func walk(on broker: ModestBroker, sensor: String, _ body: (Shell, StaircasePlan) async throws -> Void)
        async throws
    {
        var plan = StaircasePlan(bars: 1)
        plan.bottom = sensor
        let shell = try Shell(broker.address, site: plan.site)
        var agents: [ChildProcess] = []
        defer { for agent in agents { agent.signal(9) } }
        for node in plan.nodes {
            let text = plan.agentFile(of: node, broker: "\(broker.address)", folder: shell.folder.path)
            let file = try shell.folder.write(text, to: "\(node).yaml")
            agents.append(try ChildProcess(try Programs.path("footlight-agent"), ["--config", file]))
            if node == plan.stairs[0] {
                try await eventually(within: .seconds(10), "\(node) is online") {
                    broker.retainedTopics.contains("footlight/home/node/\(node)/status")
                }
            }
        }
        try await body(shell, plan)
    }

    @Test func `without retained messages for wildcards it is named, and what config/site leads to is found`()
        async throws
    {
        var lacks = ModestBroker.Lacks()
        lacks.retainedByWildcard = true
        let broker = try ModestBroker(lacks)
        try await walk(on: broker, sensor: "simulated") { shell, plan in
            try await eventually(within: .seconds(10), "both are online") {
                broker.retainedTopics.filter { $0.hasSuffix("/status") }.count == 2
            }
            let applied = try await shell.apply(plan.siteFile)
            #expect(applied.code == 0, "\(applied)")
            #expect(applied.error.contains("keeps no retained messages for wildcard subscriptions"), "\(applied)")
            let got = try await shell.footlight("get", "zones", "--json").succeeded()
            #expect(got.output.contains("stairs"), "\(got)")
            try await eventually(within: .seconds(30), "health names the broker") {
                let health = try await shell.footlight("health", "--json")
                let report = try health.json(HealthOutput.self)
                return health.code == 1 && report.problems.contains { $0.contains("keeps no retained messages") }
                    && report.nodes.count == 2
                    && report.nodes.allSatisfy { node in
                        (node.checks ?? []).contains { $0.check == "broker" && !$0.healthy }
                    }
            }
            let checked = try await shell.footlight("broker", "check", within: .seconds(60))
            #expect(checked.code == 1 && checked.output.contains("! no retained, by wildcard"), "\(checked)")
        }
    }

    @Test func `a node that starts after the site was applied lights up, without retained messages for wildcards`()
        async throws
    {
        var lacks = ModestBroker.Lacks()
        lacks.retainedByWildcard = true
        let broker = try ModestBroker(lacks)
        let plan = StaircasePlan(bars: 1)
        let shell = try Shell(broker.address, site: plan.site)
        _ = try await shell.apply(plan.siteFile)
        try await walk(on: broker, sensor: "simulated") { shell, _ in
            try await eventually(within: .seconds(20), "the late node has the zone") {
                let health = try await shell.footlight("health", "--json").json(HealthOutput.self)
                return health.nodes.contains { node in
                    node.node == "stair-01" && (node.checks ?? []).contains { $0.check == "configuration/stairs" }
                }
            }
        }
    }

    @Test func `a sensor whose topic the broker refuses is not healthy`() async throws {
        var lacks = ModestBroker.Lacks()
        lacks.filtersWith = " "
        let broker = try ModestBroker(lacks)
        let sensor = "{driver: mqtt, topic: \"hall pir/state\", on: ON, off: OFF}"
        try await walk(on: broker, sensor: sensor) { shell, plan in
            _ = try await shell.apply(plan.siteFile)
            try await eventually(within: .seconds(20), "the sensor's check names the topic") {
                let health = try await shell.footlight("health", "--json")
                let check = try health.json(HealthOutput.self).nodes.flatMap { $0.checks ?? [] }
                    .first { $0.check == "sensor/bottom" }
                return health.code == 1 && check?.healthy == false
                    && check?.detail?.contains("refused the subscription to \"hall pir/state\" (code 0x80)") == true
            }
        }
    }
}
