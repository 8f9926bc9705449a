import Hardware
import Mesh
import NodeFile
import TestSupport
import Testing

@Suite("The sensors among the examples of docs/hardware.md")
struct SensorExamplesTests {
    static let examples = Result { try SensorExample.all() }

    /// What a sensor makes of its payloads, by an agent's file with these sensors.
    private static func words(_ sensors: String, _ payloads: [(topic: String, text: String)]) throws -> [String] {
        let text = "{site: s, node: n, brokers: [mqtt://b], \(sensors)}"
        var topics = TopicSensors(try AgentFile(text: text, file: "a").nodes[0])
        return payloads.flatMap { topic, text in
            topics.take(topic: topic, payload: Array(text.utf8), retained: false, at: 0).compactMap { event in
                switch event {
                case .motion(_, let seen): seen ? "there" : "gone"
                case .light(_, let lux, _): lux.map { "\($0) lx" } ?? "?"
                case .heard(_, let hearing): hearing.trouble
                case .refused(_, let error): "\(error)"
                default: nil
                }
            }
        }
    }

    @Test
    func `their payloads are read as the table says, and learning proposes what reads them alike`() throws {
        for example in try Self.examples.get() {
            let payloads = [example.there, example.gone].compactMap(\.self).map { (topic: example.topic, text: $0) }
            let lights = example.lightInput.map { ", lightSensors: [{name: l, input: \($0)}]" } ?? ""
            let read = try Self.words("sensors: [{name: s, input: \(example.input)}]\(lights)", payloads)
            let light = example.lightInput == nil ? [] : [example.there.contains("\"lux\":303") ? "303.0 lx" : "3.0 lx"]
            #expect(read == light + ["there"] + (example.gone == nil ? [] : light + ["gone"]), "\(example)")

            var learner = SensorLearner()
            for payload in payloads {
                learner.take(topic: payload.topic, payload: Array(payload.text.utf8), retained: false)
            }
            let file = "site: s\nnode: n\nbrokers: [mqtt://b]\n\(learner.text)\n"
            var topics = TopicSensors(try AgentFile(text: file, file: "learnt").nodes[0])
            let learnt = payloads.flatMap { payload in
                topics.take(topic: payload.topic, payload: Array(payload.text.utf8), retained: false, at: 0)
                    .compactMap { event in
                        switch event {
                        case .motion(_, let seen): seen ? "there" : "gone"
                        case .light(_, let lux, _): lux.map { "\($0) lx" }
                        default: nil
                        }
                    }
            }
            #expect(learnt == read, "\(example): \(learner.text)")
        }
    }

    @Test
    func `learning says what it goes by, with the availability that it heard, and nothing where there is nothing`() {
        var learner = SensorLearner()
        learner.take(
            topic: "zigbee2mqtt/Hall PIR", payload: Array(#"{"battery":97,"occupancy":true}"#.utf8), retained: true)
        #expect(!learner.isCertain, "the broker had kept it")
        learner.take(
            topic: "zigbee2mqtt/Hall PIR/availability", payload: Array(#"{"state":"online"}"#.utf8), retained: true)
        learner.take(
            topic: "zigbee2mqtt/Hall PIR", payload: Array(#"{"battery":97,"occupancy":false}"#.utf8), retained: false)
        #expect(learner.isCertain)
        #expect(
            learner.text == """
                sensors:
                  # occupancy was true, false in 2 messages
                  - {name: hall-pir, input: {driver: mqtt, topic: "zigbee2mqtt/Hall PIR", field: occupancy, on: true, off: false, availability: "zigbee2mqtt/Hall PIR/availability"}}
                """)
        #expect(learner.summary == ["zigbee2mqtt/Hall PIR battery 97", "zigbee2mqtt/Hall PIR occupancy true, false"])
        var other = SensorLearner()
        for text in [#"{"temperature":20.5,"humidity":40}"#, "hello", "", "{", #"{"state":"ON","brightness":3}"#] {
            other.take(topic: "x", payload: Array(text.utf8), retained: false)
        }
        #expect(other.proposals.isEmpty && other.text.isEmpty, "\(other.text)")
    }
}
