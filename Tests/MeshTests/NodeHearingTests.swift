import Lighting
import Testing

@testable import Mesh

@Suite("Sensors that speak on topics, and what is known of them")
struct NodeHearingTests {
    static let bottom = Topic.sensor(node: "stair-01", sensor: "bottom")

    /// A node whose sensor speaks on a topic, and counts as stuck after two minutes.
    static func node(topic: String? = "zigbee2mqtt/hall", started: MeshInstant = at(0)) -> TestNode {
        var node = TestNode(stuckLimit: .seconds(120), started: started)
        var description = node.core.description
        description.sensors[0].topic = topic
        node.core = NodeCore(description)
        return node
    }

    static func atWork(topic: String? = "zigbee2mqtt/hall") -> TestNode {
        var node = node(topic: topic)
        node.connect(at: at(0))
        node.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(0))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(0))
        node.settle(at: at(0.1))
        return node
    }

    /// A check of a node's health report.
    static func check(_ name: String, of node: TestNode, at now: MeshInstant) throws -> HealthMessage.Check {
        let health = try JSON.decode(HealthMessage.self, from: node.core.health(at: now, checks: []).payload)
        return try #require(health.checks.first { $0.check == name })
    }

    @Test
    func `who repeats for hours that somebody is there isn't stuck; who falls silent is, until a word comes`() throws {
        var node = Self.atWork()
        let word = NodeEvent.heard(sensor: "bottom", SensorHearing(said: "true", isAlive: true))
        for second in stride(from: 10.0, through: 7200, by: 60) {
            _ = node.core.handle(word, at: at(second))
            node.motion(true, at: at(second))
            node.tick(at: at(second + 30))
        }
        #expect(node.core.sensors[0].failure == nil && node.lights(at: at(7230)) == [1])
        let last = 7150.0
        #expect(node.tick(at: at(last + 119)).warnings.isEmpty)
        let stuck: SensorMessage = try #require(node.tick(at: at(last + 120)).last(Self.bottom))
        #expect(stuck.stuck == true && stuck.failed?.contains("then nothing for 120 s") == true)
        #expect(node.lights(at: at(7400)) == [0])
        // The first word is proof enough; what it says counts.
        let works = node.core.handle(word, at: at(7500))
        #expect(works.last(Self.bottom, as: SensorMessage.self)?.failed == nil)
        node.motion(true, at: at(7500))
        #expect(node.lights(at: at(7501)) == [1])
    }

    @Test
    func `a sensor that whoever looks after it calls online isn't stuck; offline, it sees no more, and the hold runs`()
        throws
    {
        var node = Self.atWork()
        _ = node.core.handle(.heard(sensor: "bottom", SensorHearing(isOnline: true)), at: at(5))
        node.motion(true, at: at(10))
        for second in stride(from: 10.0, to: 1000, by: 5) { node.tick(at: at(second)) }
        #expect(node.lights(at: at(1000)) == [1])
        let gone = SensorHearing(trouble: "is offline, says a/b", isOnline: false)
        let actions = node.core.handle(.heard(sensor: "bottom", gone), at: at(1000))
        let message: SensorMessage = try #require(actions.last(Self.bottom))
        #expect(!message.motion && message.failed == "is offline, says a/b" && message.stuck == nil)
        #expect(actions.warnings == ["sensor bottom: is offline, says a/b"])
        #expect(node.lights(at: at(1059.9)) == [1] && node.lights(at: at(1062)) == [0])
        // Nothing is the matter with the node.
        #expect(try Self.check("sensor/bottom", of: node, at: at(1062)).healthy)
        let input = try Self.check("input/bottom", of: node, at: at(1062))
        #expect(!input.healthy && input.detail == "is offline, says a/b")
        let back = node.core.handle(.heard(sensor: "bottom", SensorHearing(isOnline: true)), at: at(1100))
        #expect(back.last(Self.bottom, as: SensorMessage.self)?.failed == nil)
        #expect(node.lights(at: at(1101)) == [0])
    }

    @Test
    func `however often a sensor says the same, there is at most one register for each renewal`() {
        var node = Self.atWork()
        var count = 0
        for second in stride(from: 10.0, to: 50, by: 0.2) {
            let word = NodeEvent.heard(sensor: "bottom", SensorHearing(said: "true", isAlive: true))
            count += node.core.handle(word, at: at(second)).publications.count { $0.topic.hasSuffix("bottom") }
            count += node.motion(true, at: at(second)).published(Self.bottom).count
            count += node.tick(at: at(second)).published(Self.bottom).count
        }
        #expect(count == 4, "one, and a renewal every 10 s")
        #expect(node.motion(false, at: at(50)).published(Self.bottom).count == 1)
        #expect((51..<60).allSatisfy { node.motion(false, at: at(Double($0))).isEmpty })
    }

    @Test
    func `what can't work is told: on the health, in the log once, and where people look for sensors`() throws {
        var node = Self.atWork()
        let mute = try Self.check("input/bottom", of: node, at: at(60))
        #expect(mute.healthy && mute.value == -1 && mute.unit == "seconds since message")
        #expect(mute.detail?.hasPrefix("no message on zigbee2mqtt/hall since the agent's start") == true)
        #expect(try !Self.check("input/bottom", of: node, at: at(3600)).healthy)
        let text = "messages come, none has field occupency; they have battery, occupancy"
        let hearing = SensorHearing(trouble: text, isAlive: true)
        let actions = node.core.handle(.heard(sensor: "bottom", hearing), at: at(3700))
        #expect(actions.warnings == ["sensor bottom: \(text)"])
        #expect(actions.last(Self.bottom, as: SensorMessage.self)?.failed == text)
        #expect(node.core.handle(.heard(sensor: "bottom", hearing), at: at(3701)).isEmpty)
        let check = try Self.check("input/bottom", of: node, at: at(3711))
        #expect(!check.healthy && check.detail == text && check.value == 10)
        _ = node.core.handle(.heard(sensor: "bottom", SensorHearing(said: "true", isAlive: true)), at: at(3720))
        let well = try Self.check("input/bottom", of: node, at: at(3721))
        #expect(well.healthy && well.detail == "says true")
    }

    @Test
    func `a sensor that was stuck comes back stuck: from the agent's own memory, and from the broker's`() throws {
        var node = Self.atWork(topic: nil)
        node.motion(true, at: at(10))
        let actions = node.tick(at: at(130))
        let kept = try #require(actions.remembered)
        #expect(kept.topic == Self.bottom.name(site: home))
        let said = try #require(actions.publications.first { $0.topic == kept.topic })
        for isRemembered in [true, false] {
            var next = Self.node(topic: nil, started: at(200))
            if isRemembered {
                _ = next.core.handle(.remembered(topic: kept.topic, payload: kept.payload), at: at(200))
                #expect(next.motion(true, at: at(200)).isEmpty)
            } else {
                // The line is high from the start; the broker knows what that means.
                next.motion(true, at: at(200))
            }
            next.connect(at: at(201))
            next.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(201))
            next.hear(Self.bottom, retained: said.payload, at: at(201))
            #expect(next.core.sensors[0].failure?.contains("without a pause") == true)
            next.motion(true, at: at(202))
            next.tick(at: at(210))
            #expect(next.lights(at: at(211)) == [0])
            let works = next.motion(false, at: at(220))
            #expect(works.last(Self.bottom, as: SensorMessage.self)?.stuck == nil)
            #expect(works.remembered?.payload == [])
            next.motion(true, at: at(230))
            #expect(next.lights(at: at(231)) == [1])
        }
        // One that has paused since its start works, whatever the broker has kept.
        var next = Self.node(topic: nil, started: at(200))
        next.motion(false, at: at(200))
        next.connect(at: at(201))
        next.hear(Self.bottom, retained: said.payload, at: at(201))
        #expect(next.core.sensors[0].failure == nil)
    }
}
