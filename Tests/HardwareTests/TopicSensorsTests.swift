import Hardware
import Mesh
import NodeFile
import Testing

/// Sensors as a file and their messages have them.
@Suite("Sensors that other programs publish on topics")
struct TopicSensorsTests {
    static func sensors(_ inputs: String..., lights: String = "") throws -> TopicSensors {
        let sensors = inputs.enumerated().map { "{name: s\($0), input: {driver: mqtt, topic: t, \($1)}}" }
        let text =
            "{site: s, node: n, brokers: [mqtt://b], sensors: [\(sensors.joined(separator: ", "))], "
            + "lightSensors: [\(lights)]}"
        return TopicSensors(try AgentFile(text: text, file: "a").nodes[0])
    }

    static let occupancy = "field: occupancy, on: true, off: false"

    /// What comes of a message, in short: motion, light and trouble.
    static func events(
        _ sensors: inout TopicSensors, _ text: String, on topic: String = "t", retained: Bool = false, at now: Int64 = 0
    ) -> [String] {
        sensors.take(topic: topic, payload: Array(text.utf8), retained: retained, at: now).compactMap { event in
            switch event {
            case .motion(let sensor, let seen): "\(sensor) \(seen)"
            case .light(let light, let lux, let fault):
                "\(light) \(lux.map { "\($0)" } ?? "-")" + (fault.map { " \($0)" } ?? "")
            case .refused: "refused"
            case .sensor(let sensor, let fault): "\(sensor) fault \(fault ?? "-")"
            default: nil
            }
        }
    }

    /// What is known of the first sensor after a message.
    static func hearing(
        _ sensors: inout TopicSensors, _ text: String, on topic: String = "t", retained: Bool = false
    ) -> SensorHearing? {
        for case .heard("s0", let hearing) in sensors.take(
            topic: topic, payload: Array(text.utf8), retained: retained, at: 0)
        {
            return hearing
        }
        return nil
    }

    @Test
    func `how bright it is comes before the motion beside it; topics of others are nobody's`() throws {
        var sensors = try Self.sensors(
            Self.occupancy, "field: occupancy, on: true, pulse: 5s",
            lights: "{name: l, input: {driver: mqtt, topic: t, field: illuminance}}")
        #expect(Self.events(&sensors, #"{"occupancy":true,"illuminance":3}"#) == ["l 3.0", "s0 true", "s1 true"])
        #expect(Self.events(&sensors, #"{"battery":97}"#) == [])
        #expect(Self.events(&sensors, #"{"occupancy":true}"#, on: "u") == [])
        #expect(sensors.topics == ["t"])
    }

    @Test
    func `motion that the broker had kept begins nothing, a live one right afterwards does; accepted, it does`() throws
    {
        var sensors = try Self.sensors(
            Self.occupancy, Self.occupancy + ", retained: accept", "field: occupancy, on: true, pulse: 5s")
        let message = #"{"occupancy":true}"#
        #expect(Self.events(&sensors, message, retained: true) == ["s1 true"])
        #expect(sensors.nextDue == .max)
        #expect(Self.events(&sensors, message) == ["s0 true", "s1 true", "s2 true"])
        #expect(Self.events(&sensors, #"{"occupancy":false}"#, retained: true) == ["s0 false", "s1 false"])
        let kept = try #require(Self.hearing(&sensors, message, retained: true))
        #expect(!kept.isAlive && kept.said == "true (retained)")
        #expect(try #require(Self.hearing(&sensors, message)).isAlive)
    }

    @Test
    func `motion with a longest time ends by its value, or so long after the last word of it`() throws {
        var sensors = try Self.sensors(Self.occupancy + ", pulse: 90s")
        let second: Int64 = 1_000_000_000
        #expect(Self.events(&sensors, #"{"occupancy":true}"#, at: 0) == ["s0 true"])
        #expect(Self.events(&sensors, #"{"occupancy":true}"#, at: 60 * second) == ["s0 true"])
        #expect(sensors.nextDue == 150 * second && sensors.tick(at: 149 * second).isEmpty)
        let ended = sensors.tick(at: 151 * second)
        #expect(ended.map(\.at) == [150 * second])
        guard case .motion("s0", seen: false)? = ended.first?.event else {
            Issue.record("no end: \(ended)")
            return
        }
        #expect(sensors.nextDue == .max)
        _ = Self.events(&sensors, #"{"occupancy":true}"#, at: 200 * second)
        #expect(Self.events(&sensors, #"{"occupancy":false}"#, at: 201 * second) == ["s0 false"])
        #expect(sensors.nextDue == .max)
    }

    @Test(arguments: [
        ("availability: t/a", #"{"state":"online"}"#, #"{"state":"offline"}"#),
        ("availability: t/a", "online", "offline"),
        ("availability: t/a", "Online", "Offline"), ("availability: t/a", "true", "false"),
        ("availability: {topic: t/a, online: [ready, sleeping], offline: lost}", "sleeping", "lost"),
        ("availability: {topic: t/a, field: p.up, online: 1, offline: 0}", #"{"p":{"up":1}}"#, #"{"p":{"up":0}}"#),
    ])
    func `who looks after a sensor says whether it is there, in the words of the bridges`(
        _ written: String, _ online: String, _ offline: String
    ) throws {
        var sensors = try Self.sensors(
            Self.occupancy + ", " + written,
            lights: "{name: l, input: {driver: mqtt, topic: t, field: illuminance, \(written)}}")
        #expect(sensors.topics == ["t", "t/a"])
        #expect(Self.events(&sensors, #"{"occupancy":true,"illuminance":3}"#) == ["l 3.0", "s0 true"])
        // What the broker has kept of that is so still.
        #expect(Self.hearing(&sensors, online, on: "t/a", retained: true)?.isOnline == true)
        let gone = sensors.take(topic: "t/a", payload: Array(offline.utf8), retained: false, at: 0)
        #expect(gone.count == 2)
        guard case .light("l", lux: nil, fault: "is offline, says t/a")? = gone.first,
            case .heard("s0", let hearing)? = gone.last
        else {
            Issue.record("\(gone)")
            return
        }
        #expect(hearing.isOnline == false && hearing.trouble == "is offline, says t/a")
        #expect(Self.hearing(&sensors, offline, on: "t/a") == nil, "no news")
        // Who speaks is there.
        #expect(Self.hearing(&sensors, #"{"occupancy":true}"#)?.trouble == nil)
        #expect(Self.events(&sensors, "maybe", on: "t/a") == ["refused", "refused"])
    }

    @Test
    func `a field that nobody sends is told, with what there is; what is understood ends that`() throws {
        var sensors = try Self.sensors(
            "field: occupency, on: true, off: false",
            lights: "{name: l, input: {driver: mqtt, topic: t, field: illuminance_lux}}")
        let message = #"{"battery":97,"occupancy":true}"#
        let text = "messages come, none has field occupency; they have battery, occupancy; did you mean occupancy?"
        #expect(Self.hearing(&sensors, message)?.trouble == text)
        #expect(
            Self.events(&sensors, #"{"illuminance":7}"#)
                == [
                    "l - messages come, none has field illuminance_lux; they have battery, illuminance, "
                        + "occupancy; did you mean illuminance?"
                ])
        #expect(Self.hearing(&sensors, #"{"occupency":true}"#)?.trouble == nil)
        #expect(Self.hearing(&sensors, message)?.trouble == nil, "one that says other things too")
    }

    @Test
    func `a value that never matches, JSON without a field, and an event that is rare`() throws {
        var sensors = try Self.sensors("field: occupancy, on: SEEN, off: GONE")
        #expect(
            Self.hearing(&sensors, #"{"occupancy":true}"#)?.trouble
                == "says what can't be understood: occupancy: \"true\" is neither \"SEEN\" nor \"GONE\"")
        #expect(Self.hearing(&sensors, #"{"occupancy":"GONE"}"#)?.trouble == nil)
        var whole = try Self.sensors("on: true, off: false")
        #expect(
            Self.hearing(&whole, #"{"occupancy":true}"#)?.trouble
                == "messages come, but they are JSON: write the field of theirs that counts; they have occupancy")
        var rare = try Self.sensors("field: 'events[0].event', on: motion, pulse: 5s")
        for count in 1..<16 { #expect(Self.hearing(&rare, #"{"n":1}"#)?.trouble == nil, "\(count)") }
        #expect(Self.hearing(&rare, #"{"n":1}"#)?.trouble?.contains("they have n") == true)
    }

    @Test
    func `what isn't known is no error, no motion and no sign of life`() throws {
        var sensors = try Self.sensors(
            "on: 'on', off: 'off'", lights: "{name: l, input: {driver: mqtt, topic: t}}")
        let hearing = try #require(Self.hearing(&sensors, "unavailable"))
        #expect(!hearing.isAlive && hearing.trouble == "says \"unavailable\": not known")
        #expect(Self.events(&sensors, "unavailable") == ["l - says \"unavailable\": not known"])
        #expect(try #require(Self.hearing(&sensors, "on")).trouble == nil)
        var fields = try Self.sensors(Self.occupancy)
        #expect(Self.events(&fields, #"{"occupancy":null}"#) == [])
        #expect(Self.events(&fields, "") == [])
    }

    @Test
    func `a topic that the broker refuses is told, and again when it is taken`() throws {
        var sensors = try Self.sensors(Self.occupancy, lights: "{name: l, input: {driver: mqtt, topic: t}}")
        func words(_ events: [NodeEvent]) -> [String] {
            events.map { event in
                switch event {
                case .sensor(let sensor, let fault): "\(sensor) \(fault ?? "-")"
                case .light(let light, _, let fault): "\(light) \(fault ?? "-")"
                default: "?"
                }
            }
        }
        #expect(words(sensors.refused(topic: "t", because: "no")) == ["l no", "s0 no"])
        #expect(words(sensors.subscribed(refused: ["t"])) == [])
        #expect(words(sensors.subscribed(refused: [])) == ["l -", "s0 -"])
        #expect(words(sensors.subscribed(refused: [])) == [])
    }
}
