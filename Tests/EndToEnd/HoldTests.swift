import Glibc
import Lighting
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("No light goes off on somebody, over a real broker", .serialized)
struct HoldTests {
    @Test
    func `motion shortly before the end of the hold: no frame of any bar drops`() async throws {
        try await Staircase.with(.withPIRs) { stairs in
            try await stairs.pir("hall-pir", true)
            try await stairs.pir("hall-pir", false)
            for node in stairs.plan.stairs { try await stairs.full(node) }
            let offset = RealTimeClock.now - MonotonicClock.now
            let first = try await stairs.register(of: "stair-01/bottom").lastMotion
            let end = first - offset + Staircase.hold.nanoseconds
            // By a connection that is there already: a process started now might come too late.
            try await stairs.sleep(until: end - 1_500_000_000)
            for seen in [true, false] {
                try await stairs.client.publish(
                    MQTTMessage(topic: "zigbee2mqtt/hall-pir", text: "{\"occupancy\":\(seen)}"))
            }
            try await eventually(within: .seconds(5), "the second motion is over, too") {
                let said = try await stairs.register(of: "stair-01/bottom")
                return !said.motion && said.lastMotion > first
            }
            let newEnd =
                try await stairs.register(of: "stair-01/bottom").lastMotion - offset + Staircase.hold.nanoseconds
            #expect(newEnd > end + 1_000_000_000)
            // The bars go by mesh time, which on a busy machine is some milliseconds off this test's clock.
            let untilOff = newEnd - 10_000_000
            for node in stairs.plan.stairs {
                let frames = try await stairs.dark(node)
                #expect(frames.neverDrops(from: .min, to: untilOff), "\(node) dropped")
            }
        }
    }

    @Test
    func `motion during the fade: every bar rises from where it is`() async throws {
        var plan = StaircasePlan.withPIRs
        plan.bars = 4
        plan.look = "{brightness: 60%, easeIn: 1s, easeOut: 4s, curve: smooth}"
        try await Staircase.with(plan) { stairs in
            try await stairs.pir("hall-pir", true)
            try await stairs.pir("hall-pir", false)
            for node in stairs.plan.stairs { try await stairs.full(node) }
            try await stairs.frames(of: "stair-04", within: .seconds(15), "fades") { frames in
                frames.contains { $0.lightness >= 0.5999 } && frames.last.map { $0.lightness < 0.4 } ?? false
            }
            let again = MonotonicClock.now
            try await stairs.pir("hall-pir", true)
            for node in stairs.plan.stairs {
                let frames = try await stairs.frames(of: node, "is fully lit again") {
                    ($0.last?.lightness ?? 0) >= 0.5999 && ($0.last?.t ?? 0) > again
                }
                let lowest = try #require(frames.filter { $0.t > again }.map(\.lightness).min())
                #expect(lowest > 0.01, "\(node) went dark although somebody came")
                #expect(frames.largestStep < 0.15, "\(node) jumped by \(frames.largestStep)")
            }
        }
    }

    @Test
    func `SIGTERM fades the light out, says offline, and ends with 0`() async throws {
        var plan = StaircasePlan.withPIRs
        plan.bars = 1
        try await Staircase.with(plan) { stairs in
            try await stairs.pir("hall-pir", true)
            try await stairs.full("stair-01")
            let agent = try stairs.agent("stair-01")
            agent.signal(SIGTERM)
            let ending = try await agent.end()
            #expect(ending == .exit(0))
            let frames = try stairs.frames(of: "stair-01")
            #expect(frames.last?.isDark == true)
            #expect(frames.largestStep < 0.1)
            #expect(try await stairs.retained()["node/stair-01/status"]?.contains("\"offline\"") == true)
        }
    }
}
