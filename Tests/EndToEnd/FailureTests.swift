import Glibc
import Lighting
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("Failure is ordinary: agents and brokers that die and come back", .serialized)
struct FailureTests {
    /// The lightness of a bar `instant` into an ease of `seconds` to 60 %.
    func level(at instant: Int64, from on: Int64, ease seconds: Double) -> Double {
        0.6 * EasingCurve.smooth(Double(instant - on) / 1e9 / seconds)
    }

    @Test
    func `killed in mid-wave and started again, an agent is back in the midst of the animation`() async throws {
        var plan = StaircasePlan.withPIRs
        plan.bars = 4
        plan.hold = "30s"
        plan.look = "{brightness: 60%, easeIn: 6s, easeOut: 1s, curve: smooth}"
        plan.wave = "{delay: 300ms}"
        try await Staircase.with(plan) { stairs in
            try await stairs.pir("hall-pir", true)
            try await stairs.frames(of: "stair-02", "has set out") { ($0.last?.lightness ?? 0) > 0.02 }
            let on = try await stairs.waveStart(at: "stair-01/bottom") + 300_000_000
            try stairs.start("stair-02")
            let restart = MonotonicClock.now
            let frames = try await stairs.full("stair-02", within: .seconds(10))
            let after = frames.filter { $0.t > restart && !$0.isDark }
            #expect(after.count > 100, "it was back while the light still came")
            for frame in after {
                #expect(abs(frame.lightness - level(at: frame.t, from: on, ease: 6)) < 0.02)
            }
        }
    }

    @Test
    func `an agent that first connects while the zone is lit is at once as lit as the others`() async throws {
        var plan = StaircasePlan.withPIRs
        plan.bars = 3
        plan.hold = "30s"
        try await Staircase.with(plan) { stairs in
            try stairs.agent("stair-03").signal(SIGKILL)
            try await stairs.pir("hall-pir", true)
            try await stairs.full("stair-02")
            // The third bar's turn comes 50 ms after the second's; then the others are at rest.
            try await stairs.sleep(until: MonotonicClock.now + 500_000_000)
            try stairs.start("stair-03")
            let frames = try await stairs.full("stair-03")
            let lit = frames.filter { !$0.isDark }
            #expect(lit.count == 1, "it eased in: \(lit.map(\.lightness))")
            #expect(lit.first?.lightness == 0.6)
        }
    }

    @Test
    func `while a broker that lost its memory is away own sensors light own bars; then all is as before`() async throws
    {
        var plan = StaircasePlan()
        plan.bars = 3
        plan.hold = "30s"
        try await Staircase.with(plan) { stairs in
            try await stairs.footlight("on", "stairs", "--brightness", "20%", "--for", "1s").succeeded()
            try await stairs.frames(of: "stair-03", within: .seconds(10), "on and off by command") {
                $0.contains { !$0.isDark } && $0.last?.isDark == true
            }
            let before = try await stairs.retained()
            try await onThread { try stairs.broker.kill() }

            // Nobody but the node itself can know of this.
            try stairs.agent("stair-01").signal(SIGUSR1)
            try await stairs.full("stair-01")
            #expect(try stairs.frames(of: "stair-02").last?.isDark == true)

            try await onThread { try stairs.broker.restart(wipingMemory: true) }
            let back = MonotonicClock.now
            try await stairs.full("stair-02")
            try await stairs.full("stair-03")
            // Statuses count connections, the sensor has seen motion, bars are lit: what is compared is what there is,
            // and the configuration to the letter.
            try await eventually(within: .seconds(10), "the broker has everything again") {
                let now = try await stairs.retained()
                return Set(now.keys).isSuperset(of: before.keys)
                    && before.filter { $0.key.hasPrefix("config/") }.allSatisfy { now[$0.key] == $0.value }
                    && now["zone/stairs/override"] == before["zone/stairs/override"]
            }
            let seconds = Double(MonotonicClock.now - back) / 1e9
            print("all as before \((seconds * 10).rounded() / 10) s after the broker was back")
            #expect(seconds < 8)
        }
    }

    @Test
    func `started with no broker at all, a node that has been configured before lights its own bars by its own sensor`()
        async throws
    {
        var plan = StaircasePlan()
        plan.bars = 2
        try await Staircase.with(plan) { stairs in
            try await onThread { try stairs.broker.kill() }
            try stairs.start("stair-01")
            try await onThread { try stairs.agent("stair-01").waitForOutput("refused", within: .seconds(10)) }
            try stairs.agent("stair-01").signal(SIGUSR1)
            try await stairs.full("stair-01")
        }
    }
}
