import MQTT
import Processes
import TestSupport
import Testing

@Suite("What the command line tells of sensors of other makers")
struct SensorCommandTests {
    @Test
    func `learning proposes what an agent takes, as soon as it knows, and says so where it hears nothing`() async throws
    {
        try await TestBroker.with { broker in
            try await MQTTClient.withClient(MQTTConfiguration(addresses: [broker.address], clientID: "bridge")) {
                client in
                _ = try await client.connected(within: .seconds(5))
                // Until it listens, nobody hears.
                let sensor = Task {
                    while true {
                        try await client.publish(
                            MQTTMessage(topic: "zigbee2mqtt/hall", text: #"{"battery":97,"occupancy":true}"#))
                        try await Task.sleep(for: .milliseconds(100))
                    }
                }
                defer { sensor.cancel() }
                let result = try await CommandResult.footlight(
                    ["sensor", "learn", "zigbee2mqtt/hall"], environment: ["FOOTLIGHT_BROKER": "\(broker.address)"]
                ).succeeded()
                #expect(result.output.contains("sensors:\n  # occupancy was true in "), "\(result.output)")
                #expect(
                    result.output.contains(
                        "  - {name: hall, input: {driver: mqtt, topic: zigbee2mqtt/hall, field: occupancy, on: true, off: false}}"
                    ))
            }
            let mute = try await CommandResult.footlight(
                ["sensor", "learn", "nobody", "--for", "1s"], environment: ["FOOTLIGHT_BROKER": "\(broker.address)"])
            #expect(mute.code == 1 && mute.error.contains("no message on nobody in 1s"))
        }
    }

    @Test
    func `the last message, the brightness, and light sensors that nobody has`() async throws {
        var plan = StaircasePlan()
        plan.bars = 1
        plan.bottom = StaircasePlan.pir("hall")
        plan.lights["landing"] = "[{name: window, input: {driver: mqtt, topic: lux}}]"
        plan.darkBelow = ("landing/window", "10lx")
        plan.isApplied = false
        try await Staircase.with(plan) { stairs in
            try await stairs.footlight("apply", "\(stairs.folder.path)/site.yaml").succeeded()
            for (topic, text) in [("lux", "12.4"), ("zigbee2mqtt/hall", #"{"occupancy":false}"#)] {
                try await stairs.client.publish(MQTTMessage(topic: topic, text: text))
            }
            try await eventually(within: .seconds(10), "zones show the brightness") {
                try await stairs.footlight("get", "zones").succeeded().output.contains("12.4 lx, lit below 10 lx")
            }
            let sensors = try await stairs.footlight("get", "sensors").succeeded().output
            #expect(sensors.contains("12.4 lx") && sensors.contains("says false, "), "\(sensors)")
            struct Sensor: Decodable {
                var sensor: String
                var lux: Double?
                var input: String?
            }
            let rows: [Sensor] = try await stairs.footlight("get", "sensors", "--json").json()
            #expect(rows.map(\.sensor) == ["landing/top", "stair-01/bottom", "landing/window"])
            #expect(rows[2].lux == 12.4 && rows[1].input?.hasPrefix("says false") == true)
            let text = plan.siteFile.replacing("landing/window", with: "landing/windw")
            try stairs.folder.write(text, to: "site.yaml")
            let applied = try await stairs.footlight("apply", "\(stairs.folder.path)/site.yaml").succeeded()
            #expect(
                (applied.output + applied.error).contains(
                    "landing has no light sensor \"windw\"; it has window"), "\(applied)")
        }
    }
}
