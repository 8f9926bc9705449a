import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport
import Testing

@Suite("What the broker keeps of other makers' sensors, on a real broker")
struct RetainedSensorTests {
    private static func say(
        _ payload: String, to topic: String = "zigbee2mqtt/hall", retain: Bool = false, on stairs: Staircase
    ) async throws {
        try await stairs.client.publish(MQTTMessage(topic: topic, payload: Array(payload.utf8), retain: retain))
    }

    private static func plan(_ more: String = "") -> StaircasePlan {
        var plan = StaircasePlan()
        plan.bars = 1
        plan.hold = "5s"
        plan.look = "{easeIn: 0s, easeOut: 0s}"
        plan.bottom = "{driver: mqtt, topic: zigbee2mqtt/hall, field: occupancy, on: true, off: false\(more)}"
        return plan
    }

    /// What is known of the bottom sensor's topic, once the node says `wanted` of it.
    private static func input(_ stairs: Staircase, _ wanted: @escaping @Sendable (HealthMessage.Check) -> Bool)
        async throws
    {
        let messages = try await stairs.client.messages([Topic.health(node: "stair-01").name(site: stairs.plan.site)])
        _ = try await stairs.act(ActionMessage(action: "report", id: ""), on: "stair-01")
        try await withDeadline(.seconds(20), "a health report of the sensor's topic") {
            for try await message in messages {
                let report = try JSON.decode(HealthMessage.self, from: message.payload)
                if let check = report.checks.first(where: { $0.check == "input/bottom" }), wanted(check) { return }
            }
        }
    }

    @Test(arguments: [false, true])
    func `motion that the broker had kept lights nothing, a live one right afterwards does`(isAccepted: Bool)
        async throws
    {
        try await Staircase.with(Self.plan(isAccepted ? ", retained: accept" : "")) { stairs in
            try await Self.say(#"{"occupancy":true}"#, retain: true, on: stairs)
            try await stairs.lit("stair-01")
            try stairs.agent("stair-01").signal(SIGKILL)
            _ = try await stairs.agent("stair-01").end(within: .seconds(5))
            try await Task.sleep(for: .seconds(5))
            let before = try stairs.frames(of: "stair-01").count
            try stairs.start("stair-01")
            try await stairs.waitUntilOnline(["stair-01"])
            try await Self.input(stairs) { $0.detail == "says true (retained)" }
            if !isAccepted {
                #expect(try stairs.frames(of: "stair-01")[before...].allSatisfy(\.isDark))
                try await Self.say(#"{"occupancy":true}"#, on: stairs)
            }
            try await eventually(within: .seconds(5), "it is lit") {
                try stairs.frames(of: "stair-01")[before...].contains { !$0.isDark }
            }
        }
    }

    @Test
    func `two hundred messages that say the same are one register, and one that can't be reached sees no more`()
        async throws
    {
        try await Staircase.with(Self.plan(", availability: zigbee2mqtt/hall/availability")) { stairs in
            let registers = try await stairs.client.messages([
                Topic.sensor(node: "stair-01", sensor: "bottom").name(site: stairs.plan.site)
            ])
            let start = MonotonicClock.now
            for _ in 0..<200 { try await Self.say(#"{"occupancy":true,"battery":97}"#, on: stairs) }
            try await Self.say(
                #"{"state":"offline"}"#, to: "zigbee2mqtt/hall/availability", retain: true, on: stairs)
            let count = try await withDeadline(.seconds(20), "the end of motion is told") {
                var count = 0
                for try await message in registers {
                    count += 1
                    let said = try JSON.decode(SensorMessage.self, from: message.payload)
                    if said.failed == "is offline, says zigbee2mqtt/hall/availability" {
                        #expect(!said.motion && said.zones["stairs"] != nil)
                        return count
                    }
                }
                return count
            }
            let renewals = Int((MonotonicClock.now - start) / 2_500_000_000)
            #expect(count <= 3 + renewals, "a register, a renewal for each 2.5 s, and the end")
            try await stairs.dark("stair-01")
            try await Self.input(stairs) { !$0.healthy && $0.detail?.contains("offline") == true }
        }
    }

    @Test
    func `a typing error in the field is told at once`() async throws {
        var plan = Self.plan()
        plan.bottom = "{driver: mqtt, topic: zigbee2mqtt/hall, field: occupency, on: true, off: false}"
        try await Staircase.with(plan) { stairs in
            try await Self.input(stairs) { $0.detail?.hasPrefix("no message on zigbee2mqtt/hall") == true }
            try await Self.say(#"{"occupancy":true,"battery":97}"#, on: stairs)
            try await Self.input(stairs) {
                $0.detail
                    == "messages come, none has field occupency; they have battery, occupancy; did you mean occupancy?"
            }
            try await eventually(within: .seconds(5), "get tells it") {
                try await stairs.footlight("get").succeeded().output.contains("none has field occupency")
            }
        }
    }
}
