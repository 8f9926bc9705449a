import Hardware
import MQTT
import NodeFile
import Processes
import TestSupport
import Testing

@testable import Doctor

@Suite("What the doctor finds of sensors that speak on topics")
struct SensorCheckTests {
    @Test
    func `what is heard, what can't be understood, and what nobody says`() async throws {
        try await TestBroker.with { broker in
            try await MQTTClient.withClient(MQTTConfiguration(addresses: [broker.address], clientID: "sensors")) {
                client in
                _ = try await client.connected(within: .seconds(5))
                for (topic, text) in [
                    ("good", #"{"occupancy":false,"lux":3}"#), ("typo", #"{"battery":1,"occupancy":true}"#),
                ] {
                    try await client.publish(MQTTMessage(topic: topic, payload: Array(text.utf8), retain: true))
                }
            }
            let text = """
                site: home
                node: n
                brokers: ["\(broker.address)"]
                sensors:
                  - {name: good, input: {driver: mqtt, topic: good, field: occupancy, on: true, off: false}}
                  - {name: typo, input: {driver: mqtt, topic: typo, field: occupency, on: true, off: false}}
                  - {name: mute, input: {driver: mqtt, topic: mute, on: ON, off: OFF}}
                lightSensors:
                  - {name: good, input: {driver: mqtt, topic: good, field: lux}}
                """
            let found = await Checkup(try AgentFile(text: text, file: "some.yaml")).sensors(listening: .seconds(1))
            #expect(found.map(\.check) == ["sensor good", "sensor typo", "sensor mute", "light sensor good"])
            #expect(found.map(\.verdict) == [.fine, .fault, .warning, .fine], "\(found)")
            #expect(found[0].found == "good says false (retained)" && found[3].found == "good says 3.0 lx")
            #expect(found[1].found.hasPrefix("messages come, none has field occupency; they have battery, occupancy"))
            #expect(found[1].remedy?.hasPrefix("footlight sensor learn typo") == true)
            #expect(found[2].found == "no message on mute within 1s")
        }
    }

    @Test
    func `a light sensor on the board: how bright it says it is, and one that isn't there`() throws {
        let root = try FakeRoot()
        let text = """
            site: home
            node: n
            brokers: [mqtt://127.0.0.1:1]
            lightSensors: [{name: window, input: {driver: iio, device: bh1750}}]
            """
        let checkup = Checkup(try AgentFile(text: text, file: "some.yaml"), board: root.board)
        #expect(checkup.lights().map(\.verdict) == [.fault])
        try root.write("bh1750", to: "/sys/bus/iio/devices/iio:device0/name")
        try root.write("12.34", to: "/sys/bus/iio/devices/iio:device0/in_illuminance_input")
        #expect(checkup.lights() == [.fine("light sensor window", "bh1750 says 12.3 lx")])
    }
}
