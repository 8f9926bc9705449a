import Fleet
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

/// Two agents, or fleet agents, that have one node's name, on one broker.
@Suite struct OneNameTests {
    @Test func `of two agents of one name the later start steps back, and the other tells everybody`() async throws {
        var plan = StaircasePlan()
        plan.bars = 2
        try await Staircase.with(plan) { stairs in
            try stairs.folder.write(
                plan.agentFile(of: "stair-02", broker: "\(stairs.broker.address)", folder: stairs.folder.path)
                    .replacing("state: \(stairs.folder.path)", with: "state: \(stairs.folder.path)/twin"),
                to: "twin.yaml")
            let topic = Topic.status(node: "stair-02").name(site: plan.site)
            func online(_ what: String, where holds: @escaping @Sendable (NodeStatus) -> Bool) async throws
                -> NodeStatus
            {
                let messages = try await stairs.client.messages([topic])
                return try await withDeadline(.seconds(30), what) {
                    for try await message in messages {
                        let status = try? JSON.decode(NodeStatus.self, from: message.payload)
                        if let status, status.state == .online, holds(status) { return status }
                    }
                    throw TestFailure("the client was closed")
                }
            }
            let own = try await online("the first agent's status") { _ in true }.bootId
            let twin = try ChildProcess(
                try Programs.path("footlight-agent"), ["--config", "\(stairs.folder.path)/twin.yaml"])
            defer { _ = try? twin.stop() }
            let told = try await online("the first agent's word of a conflict") {
                $0.bootId == own && $0.conflict != nil
            }
            #expect(told.conflict?.isEmpty == false)
            try twin.waitForOutput("leaves the broker to it for 60 s", "rename one")
            // It was taken over once more meanwhile: what the broker has may be the other's word, or its will.
            _ = try await online("the first agent's last status") { $0.bootId == own && $0.conflict != nil }
            let overview = try await stairs.footlight("get")
            #expect(overview.output.contains("stair-02: two agents go by this name"), "\(overview.output)")
            let health = try await stairs.footlight("health")
            #expect(health.output.contains("is called stair-02, too"), "\(health.output)")
        }
    }

    @Test func `of two fleet agents of one id the later start steps back, and the other tells everybody`() async throws
    {
        var plan = FleetPlan()
        plan.bars = 2
        plan.agents = ["fleet-a"]
        try await FleetSite.with(plan) { site in
            try site.folder.write(
                plan.fleetFile(of: "fleet-a", broker: "\(site.broker.address)", folder: site.folder.path)
                    .replacing("state: \(site.folder.path)", with: "state: \(site.folder.path)/twin"),
                to: "twin.yaml")
            let twin = try ChildProcess(
                try Programs.path("footlight-fleet"), ["--config", "\(site.folder.path)/twin.yaml"])
            defer { _ = try? twin.stop() }
            try await site.until("the first one's word of a conflict", within: .seconds(60)) { log in
                log.agent("fleet-a").flatMap { $0.online ? $0.remark : nil }
            }
            try await onThread { try twin.waitForOutput("leaves the broker to it for 60 s", within: .seconds(30)) }
            // It was taken over once more meanwhile.
            try await site.until("the first one leads") { log in
                log.agent("fleet-a").flatMap { $0.online && $0.leads && $0.remark != nil ? true : nil }
            }
            for command in [["fleet", "describe"], ["health"]] {
                let result = try await CommandResult.footlight(
                    command, environment: ["FOOTLIGHT_BROKER": "\(site.broker.address)", "FOOTLIGHT_SITE": "home"])
                #expect(result.output.contains("is called fleet-a, too"), "\(result.output)")
            }
            #expect(try site.process("fleet-a").output.contains("rename one (id: in its file)"))
        }
    }
}
