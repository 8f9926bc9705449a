import Fleet
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("Nodes that are gone for good, and nodes of another name", .serialized) struct ForgetTests {
    @Test func `forget clears what a node left behind, and refuses who is there`() async throws {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            let there = try await stairs.footlight("forget", "landing")
            #expect(there.code == 1 && there.error.contains("landing is online"), "\(there.error)")
            #expect(try await stairs.footlight("forget", "landig").error.contains("did you mean landing?"))
            // Who is there contradicts.
            let forced = try await stairs.footlight("forget", "landing", "--force")
            #expect(
                forced.code == 1 && forced.error.contains("landing is there and has said it again"), "\(forced.error)")
            #expect(try await stairs.retained()["node/landing/status"] != nil)

            let agent = try stairs.agent("landing")
            agent.signal(SIGTERM)
            _ = try await agent.end()
            let dry = try await stairs.footlight("forget", "landing", "--dry-run").succeeded()
            #expect(dry.output.contains("would be cleared") && dry.output.contains("Nothing was cleared"))
            #expect(try await stairs.retained()["node/landing/status"] != nil)

            let done = try await stairs.footlight("forget", "landing").succeeded()
            #expect(done.output.contains("zone stairs still names landing/top: places are kept"), "\(done.output)")
            let left = try await stairs.retained().keys.filter { $0.contains("landing") }
            #expect(left.isEmpty)
            struct Report: Decodable {
                struct Zone: Decodable { var zone: String }
                var rows: [[String: String]]
                var zones: [Zone]
            }
            let again: Report = try await stairs.footlight("forget", "landing", "--json").succeeded().json()
            #expect(again.rows.isEmpty && again.zones.map(\.zone) == ["stairs"])

            // A node of that name fills the place that the zone has kept.
            try stairs.start("landing")
            try await stairs.waitUntilOnline(["landing"])
            try await stairs.footlight("trigger", "landing/top").succeeded()
            try await stairs.frames(of: "stair-01", within: .seconds(10), "lit") { ($0.last?.lightness ?? 0) > 0.5 }
        }
    }

    @Test func `rename gives a node's places to the name it goes by from now on, commands and site file included`()
        async throws
    {
        try await Staircase.with(StaircasePlan(bars: 2)) { stairs in
            try await stairs.footlight("on", "stair-02", "--brightness", "90%").succeeded()
            try await stairs.frames(of: "stair-02", "lit at 90%") { ($0.last?.lightness ?? 0) > 0.89 }
            let early = try await stairs.footlight("rename", "stair-02", "attic")
            #expect(early.code == 1 && early.error.contains("write node: attic in its agent's file"), "\(early.error)")

            let agent = try stairs.agent("stair-02")
            agent.signal(SIGTERM)
            _ = try await agent.end()
            let file = stairs.plan.agentFile(
                of: "attic", broker: "\(stairs.broker.address)", folder: stairs.folder.path)
            try stairs.folder.write(file, to: "attic.yaml")
            try stairs.start("attic")
            try await stairs.waitUntilOnline(["attic"])

            let siteFile = "\(stairs.folder.path)/site.yaml"
            let dry = try await stairs.footlight("rename", "stair-02", "attic", "--file", siteFile, "--dry-run")
                .succeeded()
            #expect(dry.output.contains("~ stairs.bars: + attic, - stair-02"), "\(dry.output)")
            let unchanged = String(decoding: try stairs.folder.contents(of: "site.yaml"), as: UTF8.self)
            #expect(unchanged == stairs.plan.siteFile)

            let done = try await stairs.footlight("rename", "stair-02", "attic", "--file", siteFile).succeeded()
            #expect(done.output.contains("~ zone/stairs/override: stair-02 → attic"), "\(done.output)")
            try await stairs.frames(of: "attic", "lit at 90%") { ($0.last?.lightness ?? 0) > 0.89 }
            let left = try await stairs.retained().filter {
                $0.key.contains("stair-02") || $0.value.contains("stair-02")
            }
            #expect(left.isEmpty)
            let diff = try await stairs.footlight("diff", siteFile)
            #expect(diff.code == 0, "\(diff.output)\(diff.error)")
        }
    }

    @Test func `with a fleet agent that has replaced the node, its record goes once no zone names it`() async throws {
        var plan = FleetPlan()
        plan.bars = 3
        plan.agents = ["fleet-a"]
        try await FleetSite.with(plan) { site in
            let killed = MonotonicClock.now
            try site.process("stair-03").signal(SIGKILL)
            try await site.until("spare-01 is in its place") { log in
                log.activities(since: killed).first { !$0.isOpen && $0.spare == "spare-01" }
            }
            let forgotten = try await site.footlight("forget", "stair-03").succeeded()
            #expect(forgotten.output.contains("spare-01/bar goes on filling stair-03"), "\(forgotten.output)")
            #expect(forgotten.output.contains("kept by the fleet agent"), "\(forgotten.output)")
            let kept = try await Retained.read(site.client, site: "home").keys
            #expect(kept.filter { $0.contains("/stair-03") } == ["fleet/node/stair-03"])

            let file = plan.agentFile(of: "attic", broker: "\(site.broker.address)", folder: site.folder.path)
            try site.folder.write(file, to: "attic.yaml")
            try site.start("attic")
            try await site.until("attic is online") { log in
                log.last("node/attic/status", as: NodeStatus.self)?.state == .online ? true : nil
            }
            let renamed = try await site.footlight("rename", "stair-03", "attic").succeeded()
            #expect(renamed.output.contains("spare-01 stood in for it, and is free again"), "\(renamed.output)")
            try await site.waitUntilHealthy(["stair-01", "stair-02", "attic", "spare-01"])
            try await site.until("attic is of the group, and spare-01 isn't") { log in
                log.node("attic")?.groups == ["stairs"] && log.node("spare-01")?.groups == [] ? true : nil
            }
            let left = try await Retained.read(site.client, site: "home").keys.filter { $0.contains("/stair-03") }
            #expect(left.isEmpty)
            let walk = MonotonicClock.now
            try site.walk()
            try await eventually(within: .seconds(10), "attic lights") {
                try site.frames(of: "attic").firstLight(after: walk) != nil
            }
        }
    }
}
