import Mesh
import Processes
import TestSupport
import Testing

@Suite struct NodeCommandTests {
    @Test func `trigger lights the stairs from the sensor's end`() async throws {
        try await Staircase.with(StaircasePlan(bars: 3)) { stairs in
            let result = try await stairs.footlight("trigger", "landing/top").succeeded()
            #expect(result.output == "landing/top saw motion\n")
            var firsts: [Int64] = []
            for node in ["stair-03", "stair-02", "stair-01"] {
                let frames = try await stairs.frames(of: node, "lit") { $0.contains { $0.lightness > 0 } }
                firsts.append(frames.first { $0.lightness > 0 }?.t ?? 0)
            }
            #expect(firsts == firsts.sorted())
            let sensors = try await stairs.footlight("get", "sensors", "--json").succeeded()
            struct Row: Decodable {
                var sensor: String
                var lastMotion: Int64?
            }
            let rows: [Row] = try sensors.json()
            #expect(rows.map(\.sensor) == ["landing/top", "stair-01/bottom"])
            #expect(rows.map { $0.lastMotion != nil } == [true, false])
        }
    }

    @Test func `what a node says against it is shown`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let unknown = try await stairs.footlight("trigger", "landing/middle")
            #expect(unknown.code == 1)
            #expect(unknown.error == "footlight: landing says: no sensor \"middle\" here; there is top\n")
            let node = try await stairs.footlight("trigger", "landig/top")
            #expect(node.code == 64 && node.error.contains("did you mean landing?"))
            let bare = try await stairs.footlight("trigger", "landing")
            #expect(bare.code == 64 && bare.error.contains("write NODE/SENSOR"))
        }
    }

    @Test func `identify blinks, restart ends the agent, and then there is no answer`() async throws {
        try await Staircase.with(StaircasePlan(bars: 1)) { stairs in
            let blinks = try await stairs.footlight("identify", "stair-01", "--for", "2s").succeeded()
            #expect(blinks.output == "stair-01 blinks for 2s\n")
            try await stairs.frames(of: "stair-01", "blinked") { frames in
                frames.contains { $0.lightness == 1 } && frames.last?.isDark == true
            }
            try await stairs.footlight("restart", "stair-01").succeeded()
            let agent = try stairs.agent("stair-01")
            #expect(try await agent.end() == .exit(0))
            let gone = try await stairs.footlight("identify", "stair-01")
            #expect(gone.code == 69)
            #expect(gone.error.contains("it is offline; start footlight-agent on it"), "\(gone.error)")
        }
    }
}
