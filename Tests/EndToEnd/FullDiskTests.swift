import Glibc
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("An agent whose disk is full", .enabled(if: SmallDisk.isPossible, "needs to mount a tmpfs: root"))
struct FullDiskTests {
    @Test func `goes on, says so, and saves what is new once there is room`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let disk = try SmallDisk(at: "\(stairs.folder.path)/disk", kilobytes: 128)
            let broker = "\(stairs.broker.address)"
            let text = stairs.plan.agentFile(of: "stair-01", broker: broker, folder: stairs.folder.path)
            try stairs.folder.write(
                text.replacing("state: \(stairs.folder.path)", with: "state: \(disk.path)"), to: "stair-01.yaml")
            try stairs.start("stair-01")
            try await stairs.waitUntilOnline()
            try await eventually(within: .seconds(10), "the zone is saved") {
                disk.contents(of: "stair-01.json").contains("holdSeconds")
            }
            let agent = try stairs.agent("stair-01")
            let before = disk.contents(of: "stair-01.json")

            try disk.fill()
            try await stairs.apply(stairs.plan.siteFile.replacing("hold: 60s", with: "hold: 77s"))
            try await onThread {
                try agent.waitForOutput("what is known can't be kept for the next start: ", within: .seconds(10))
            }
            #expect(disk.contents(of: "stair-01.json") == before)
            _ = try await stairs.act(ActionMessage(action: "report", id: ""), on: "stair-01")
            try await eventually(within: .seconds(20), "health says so") {
                let health: HealthOutput = try await stairs.footlight("health", "--json").json()
                let check = try health.node("stair-01").checks?.first { $0.check == "cache" }
                return check?.healthy == false && check?.detail?.contains("No space left") == true
            }

            disk.makeRoom()
            try await eventually(within: .seconds(60), "the new zone is saved") {
                let text = disk.contents(of: "stair-01.json")
                return text.contains(#"holdSeconds\":77"#)
            }
            try await onThread {
                try agent.waitForOutput("what is known is kept for the next start again", within: .seconds(10))
            }
            agent.signal(SIGTERM)
            #expect(try await agent.end(within: .seconds(15)) == .exit(0))
        }
    }
}

@Suite struct StopTests {
    @Test func `SIGTERM while it identifies for an hour ends it in good time`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let agent = try stairs.agent("stair-01")
            let action = ActionMessage(action: "identify", id: "", seconds: 3600)
            #expect(try await stairs.act(action, on: "stair-01").done)
            try await stairs.lit("stair-01")
            agent.signal(SIGTERM)
            // Its unit's TimeoutStopSec.
            #expect(try await agent.end(within: .seconds(15)) == .exit(0))
            #expect(try stairs.frames(of: "stair-01").last?.isDark == true)
            let status = try await stairs.retained()["node/stair-01/status"]
            #expect(status?.contains("offline") == true)
        }
    }
}
