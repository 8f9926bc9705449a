import Mesh
import Platform
import Processes
import TestSupport
import Testing

/// What households ask for beside light on motion, by real agents on a real broker.
@Suite(.serialized) struct HouseholdTests {
    private static var plan: StaircasePlan {
        var plan = StaircasePlan.withPIRs
        plan.bars = 6
        plan.look = "{brightness: 60%, easeIn: 0s, easeOut: 0s}"
        return plan
    }

    /// Awaits that a bar shows a lightness.
    private func shows(_ stairs: Staircase, _ nodes: [String], _ lightness: Double) async throws {
        for node in nodes {
            try await stairs.frames(of: node, within: .seconds(20), "shows \(lightness)") {
                $0.last.map { abs($0.lightness - lightness) < 0.002 } ?? false
            }
        }
    }

    /// The brightest that any bar has shown since an instant.
    private func brightest(_ stairs: Staircase, after instant: Int64) throws -> Double {
        let frames = try stairs.plan.stairs.flatMap { try stairs.frames(of: $0) }
        return frames.filter { $0.t > instant }.map(\.lightness).max() ?? 0
    }

    @Test func `a guide light in the dark, more on motion, none by command`() async throws {
        var plan = Self.plan
        plan.bars = 3
        plan.fields = ["standby: {level: 4%, bars: ends}"]
        try await Staircase.with(plan) { stairs in
            try await shows(stairs, ["stair-01", "stair-03"], 0.04)
            #expect(try stairs.frames(of: "stair-02").allSatisfy(\.isDark))
            try await stairs.pir("hall-pir", true)
            try await shows(stairs, stairs.plan.stairs, 0.6)
            try await stairs.pir("hall-pir", false)
            try await shows(stairs, ["stair-01", "stair-03"], 0.04)
            try await shows(stairs, ["stair-02"], 0)
            try await stairs.footlight("off", "stairs").succeeded()
            try await shows(stairs, stairs.plan.stairs, 0)
            let zones = try await stairs.footlight("get", "zones").succeeded()
            #expect(zones.output.contains("manual"))
            try await stairs.footlight("auto", "stairs").succeeded()
            try await shows(stairs, ["stair-01", "stair-03"], 0.04)
        }
    }

    @Test func `light walks along: ahead of the person at their pace, and dark behind them`() async throws {
        var plan = Self.plan
        plan.fields = ["follow: {reach: 1, pace: 400ms}"]
        try await Staircase.with(plan) { stairs in
            let begin = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            try await stairs.pir("hall-pir", false)
            try await stairs.lit("stair-06")
            let start = try await stairs.waveStart(at: "stair-01/bottom")
            let left =
                try await stairs.register(of: "stair-01/bottom").lastMotion - (RealTimeClock.now - MonotonicClock.now)
            for (index, node) in stairs.plan.stairs.enumerated() {
                let frames = try await stairs.dark(node)
                let on = try #require(frames.firstLight(after: begin)).t - start
                let off = try #require(frames.last { !$0.isDark }).t
                let dark = try #require(frames.first { $0.t > off }).t - left - 5_000_000_000
                // Within the plan of the bar beside it, on a machine that does other things, too.
                let planned = Int64(index == 0 ? 0 : 50_000_000 + max(0, index - 1) * 400_000_000)
                #expect(abs(on - planned) < 200_000_000, "\(node) lit after \(on) ns, planned: \(planned)")
                let away = Int64(index) * 400_000_000
                #expect(abs(dark - away) < 200_000_000, "\(node) dark after \(dark) ns, planned: \(away)")
            }
        }
    }

    @Test func `a whole floor is put out: what moves there lights nothing, until a later command`() async throws {
        var plan = Self.plan
        plan.bars = 3
        plan.moreZones = ["floor: {bars: [\(plan.stairs.joined(separator: ", "))], sensors: {}, master: true}"]
        try await Staircase.with(plan) { stairs in
            try await stairs.pir("hall-pir", true)
            try await shows(stairs, stairs.plan.stairs, 0.6)
            try await stairs.footlight("off", "floor", "--ease", "300ms").succeeded()
            try await shows(stairs, stairs.plan.stairs, 0)
            let out = MonotonicClock.now
            // Another sensor, and the same again.
            try await stairs.pir("landing-pir", true)
            try await eventually(within: .seconds(10), "the motion is told") {
                try await stairs.register(of: "landing/top").motion
            }
            try await stairs.footlight("on", "stairs", "--brightness", "30%").succeeded()
            try await shows(stairs, stairs.plan.stairs, 0.3)
            #expect(try brightest(stairs, after: out) < 0.31, "motion lit a bar")
            try await stairs.footlight("off", "floor").succeeded()
            try await shows(stairs, stairs.plan.stairs, 0)
            try await stairs.footlight("auto", "stairs").succeeded()
            try await stairs.footlight("auto", "floor").succeeded()
            try await shows(stairs, stairs.plan.stairs, 0.6)
        }
    }
}
