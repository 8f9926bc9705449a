import Glibc
import Lighting
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("Mesh time goes on, whoever dies and whatever clock is set", .serialized)
struct MeshTimeTests {
    /// Half the delay between two bars, as in ``WaveTests/tolerance``.
    static let tolerance = 25.0

    /// Each bar's first light after `instant`, off its place in a wave from the bottom, in milliseconds.
    func deviations(_ stairs: Staircase, after instant: Int64) async throws -> [Double] {
        var first: [Int64] = []
        for node in stairs.plan.stairs {
            let frames = try await stairs.frames(of: node, within: .seconds(10), "gives light") {
                $0.firstLight(after: instant) != nil
            }
            first.append(try #require(frames.firstLight(after: instant)).t)
        }
        return first.enumerated().map { Double($1 - first[0] - Int64($0) * 50_000_000) / 1e6 }
    }

    @Test("The reference is killed with -9: another takes over, and waves run on as if nothing had been")
    func referenceKilled() async throws {
        var plan = StaircasePlan.withPIRs
        plan.bars = 5
        try await Staircase.with(plan) { stairs in
            // The lowest name is the reference: it has the sensor at the top and no bar.
            try await onThread {
                try stairs.agent("landing").waitForOutput("mesh time: reference", within: .seconds(10))
                try stairs.agent("stair-05").waitForOutput("mesh time: synchronised, by landing", within: .seconds(20))
            }
            var begin = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            try await stairs.lit("stair-05")
            let before = try await deviations(stairs, after: begin)
            #expect(before.allSatisfy { abs($0) < MeshTimeTests.tolerance }, "\(before)")

            let killed = MonotonicClock.now
            try stairs.agent("landing").signal(SIGKILL)
            try await stairs.pir("hall-pir", false)
            for node in stairs.plan.stairs { try await stairs.dark(node) }
            begin = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            let after = try await deviations(stairs, after: begin)
            #expect(after.allSatisfy { abs($0) < MeshTimeTests.tolerance }, "\(after)")
            try await onThread {
                try stairs.agent("stair-01").waitForOutput("mesh time: reference", within: .seconds(60))
            }
            print("another was the reference at most \((MonotonicClock.now - killed) / 1_000_000) ms after the kill")
            for node in stairs.plan.stairs { #expect(try stairs.frames(of: node).largestStep < 0.15) }
        }
    }

    @Test("Somebody sets the clock of a node an hour ahead, and back: no light moves, and the next wave is in step")
    func systemClockJumps() async throws {
        let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
        let libraries = [library, "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"]
        let path = try #require(libraries.first { access($0, R_OK) == 0 }, "libfaketime is not installed")
        var plan = StaircasePlan.withPIRs
        plan.bars = 3
        try await Staircase.with(plan) { stairs in
            try stairs.folder.write("+0\n", to: "clock")
            try stairs.start(
                "stair-02",
                environment: [
                    "LD_PRELOAD": path, "FAKETIME_TIMESTAMP_FILE": "\(stairs.folder.path)/clock",
                    "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                ])
            try await stairs.waitUntilOnline()
            try await onThread {
                try stairs.agent("stair-02").waitForOutput("mesh time: synchronised", within: .seconds(20))
            }
            try await stairs.pir("hall-pir", true)
            for node in stairs.plan.stairs { try await stairs.full(node) }
            let shown = try stairs.frames(of: "stair-02").count
            for jump in ["+3600", "-3600", "+0"] {
                try stairs.folder.write("\(jump)\n", to: "clock")
                // It looks at its system's clock for its report.
                #expect(try await stairs.act(ActionMessage(action: "report", id: ""), on: "stair-02").done)
                #expect(try stairs.frames(of: "stair-02").count == shown, "the light moved when the clock jumped")
            }
            try stairs.folder.write("+3600\n", to: "clock")
            #expect(try await stairs.act(ActionMessage(action: "report", id: ""), on: "stair-02").done)
            try await stairs.pir("hall-pir", false)
            for node in stairs.plan.stairs { try await stairs.dark(node) }
            let begin = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            let after = try await deviations(stairs, after: begin)
            #expect(after.allSatisfy { abs($0) < MeshTimeTests.tolerance }, "\(after)")
        }
    }
}
