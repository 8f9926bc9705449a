import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("A sensor that tells of motion and of light, on a real broker")
struct LightSensorTests {
    /// What a sensor says, as zigbee2mqtt has it; `light`: on a topic of its own.
    private static func say(_ payload: String, to topic: String = "zigbee2mqtt/hall", on stairs: Staircase) async throws
    {
        try await stairs.client.publish(MQTTMessage(topic: topic, payload: Array(payload.utf8)))
    }

    private static var plan: StaircasePlan {
        var plan = StaircasePlan()
        plan.bars = 1
        plan.hold = "5s"
        plan.look = "{easeIn: 0s, easeOut: 0s}"
        plan.bottom = StaircasePlan.pir("hall")
        plan.darkBelow = ("stair-01/hall", "10lx")
        plan.lights["stair-01"] = "[{name: hall, input: {driver: mqtt, topic: zigbee2mqtt/hall, field: illuminance}}]"
        return plan
    }

    @Test
    func `one payload is one event: what it says of light is judged by, whatever was known before`() async throws {
        try await Staircase.with(Self.plan) { stairs in
            // The first message since the agent's start.
            try await Self.say(#"{"occupancy":true,"illuminance":200}"#, on: stairs)
            try await Self.say(#"{"occupancy":false,"illuminance":2000}"#, on: stairs)
            // Known 2000 lx.
            try await Self.say(#"{"occupancy":true,"illuminance":3}"#, on: stairs)
            try await Self.say(#"{"occupancy":false,"illuminance":3}"#, on: stairs)
            let frames = try await stairs.dark("stair-01")
            let first = try #require(try await stairs.register(of: "stair-01/bottom").zones["stairs"])
            let lit = frames.filter { !$0.isDark }
            #expect(try #require(frames.last).t - lit[0].t < 6_000_000_000, "lit once, by the third message")
            // Known 3 lx, once the last light is gone.
            try await Task.sleep(for: .seconds(3.5))
            try await Self.say(#"{"occupancy":true,"illuminance":2000}"#, on: stairs)
            try await Self.say(#"{"occupancy":false,"illuminance":2000}"#, on: stairs)
            try await eventually(within: .seconds(5), "the motion is told") {
                try await stairs.register(of: "stair-01/bottom").lastMotion > first.firstMotion + 8_000_000_000
            }
            #expect(try stairs.frames(of: "stair-01").last?.isDark == true)
            #expect(try await stairs.register(of: "stair-01/bottom").zones.isEmpty)
        }
    }

    @Test
    func `a reading on another node's topic, up to a second after motion that is over, is judged by`() async throws {
        var plan = Self.plan
        plan.darkBelow = ("landing/window", "10lx")
        plan.lights = ["landing": "[{name: window, input: {driver: mqtt, topic: lux}}]"]
        try await Staircase.with(plan) { stairs in
            // A machine that is busy for a second makes the reading too late to count: then once more.
            for attempt in 1...5 {
                try await Self.say("2000", to: "lux", on: stairs)
                try await eventually(within: .seconds(5), "the light is told") {
                    try await stairs.retained()["node/landing/light/window"] == #"{"lux":2000}"#
                }
                try await Self.say(#"{"occupancy":true}"#, on: stairs)
                try await Self.say(#"{"occupancy":false}"#, on: stairs)
                try await Task.sleep(for: .milliseconds(300))
                #expect(try stairs.frames(of: "stair-01").allSatisfy(\.isDark))
                try await Self.say("3", to: "lux", on: stairs)
                do {
                    try await stairs.lit("stair-01")
                    return
                } catch  where attempt < 5 {}
            }
        }
    }
}
