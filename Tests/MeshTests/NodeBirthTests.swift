import Lighting
import Testing

@testable import Mesh

@Suite struct NodeBirthTests {
    @Test func `a node is born, reports its bars and subscribes`() {
        var node = TestNode()
        let actions = node.connect(at: at(1))
        #expect(actions.topics == ["node/stair-01/status", "node/stair-01/bar/bar"])
        #expect(actions.publications.map(\.retain) == [true, true])
        let birth: NodeStatus? = actions.last(.status(node: "stair-01"))
        #expect(birth?.state == .online && birth?.connection == 1 && birth?.started == at(0).nanoseconds)
        #expect(
            actions.subscribed.map { String($0.dropFirst("footlight/home/".count)) }
                == ["config/node/+", "config/site", "config/zone/+", "node/+/status", "node/stair-01/action"])
        let again = node.connect(2, at: at(5))
        #expect(again.topics == ["node/stair-01/status"] && again.subscribed.isEmpty)
    }

    @Test func `the will is of the connection that it was left for`() throws {
        var node = TestNode()
        node.connect(3, at: at(1))
        let will = node.core.description.will(connection: 4)
        let message = try JSON.decode(NodeStatus.self, from: will.payload)
        #expect(message.state == .offline && message.connection == 4 && message.bootId == "boot-1" && will.retain)
        #expect(try JSON.decode(NodeStatus.self, from: node.core.farewell().payload).connection == 3)
    }

    @Test func `a node hears of a zone that it has a part in, and listens to it`() {
        var node = TestNode()
        node.connect(at: at(0))
        let message = ZoneMessage(stairs, revision: 1)
        let actions = node.hear(.zoneConfiguration(zone: "stairs"), message, at: at(0))
        #expect(
            actions.subscribed
                == [
                    "node/+/delivery", "node/landing/sensor/top", "node/stair-01/sensor/bottom", "zone/stairs/override",
                    "zone/stairs/set",
                ].map { "footlight/home/" + $0 })
        #expect(
            actions.contains(
                .remember(topic: "footlight/home/config/zone/stairs", payload: JSON.encode(message))))
        #expect(
            node.hear(
                .zoneConfiguration(zone: "other"),
                ZoneMessage(
                    Zone(bars: ["cellar-01"], sensors: [:]), revision: 1), at: at(0)
            ).isEmpty)
        let removed = node.hear(.zoneConfiguration(zone: "stairs"), bytes: [], at: at(1))
        #expect(removed.contains(.remember(topic: "footlight/home/config/zone/stairs", payload: [])))
        #expect(removed.contains { if case .unsubscribe(let filters) = $0 { filters.count == 5 } else { false } })
    }

    @Test func `a sensor that is listened to already is asked again for a zone that is new`() throws {
        var node = TestNode.atWork(sensors: [])
        let top = Topic.sensor(node: "landing", sensor: "top")
        func take(_ zone: String, _ sensors: [String: SensorPosition], revision: Int64, at now: MeshInstant) -> [String]
        {
            let message = ZoneMessage(Zone(bars: ["stair-01"], sensors: sensors), revision: revision)
            return node.hear(.zoneConfiguration(zone: zone), message, at: now).subscribed
        }
        let sensors: [String: SensorPosition] = ["landing/top": .first]
        // Nothing has come yet: what the broker has of it, if anything, comes once the zone is known.
        #expect(!take("cupboard", sensors, revision: 2, at: at(1)).contains(top.name(site: home)))
        let register = SensorRegister(
            start: at(2), origin: "landing/top", firstMotion: at(2), lead: .zero, lastEdge: at(2), lastMotion: at(2),
            motion: true)
        let message = SensorMessage(
            motion: true, lastEdge: at(2), lastMotion: at(2), failed: nil, registers: ["hall": register])
        node.hear(top, message, at: at(2))
        #expect(take("hall", sensors, revision: 3, at: at(3)).contains(top.name(site: home)))
        #expect(!take("cellar", sensors, revision: 4, at: at(3)).contains(top.name(site: home)))
        // As the broker answers.
        node.hear(top, retained: message.bytes, at: at(3))
        #expect(node.core.zones["hall"]?.state.isHeld(at: at(4)) == true)
        #expect(node.core.zones["cellar"]?.state.isHeld(at: at(4)) == false)
        // A zone that has it no more, and again.
        #expect(take("hall", [:], revision: 5, at: at(4)) == [])
        #expect(node.core.zones["hall"]?.state.isHeld(at: at(4)) == false)
        #expect(take("hall", sensors, revision: 6, at: at(5)) == [top.name(site: home)])
    }

    @Test func `whatever is said in its name, its own word is the last`() throws {
        var node = TestNode.atWork()
        let own = JSON.encode(node.core.description.status(.online, connection: 1))
        func answers(_ bytes: [UInt8]) -> [String] {
            var copy = node
            return copy.hear(.status(node: "stair-01"), bytes: bytes, at: at(5)).published(.status(node: "stair-01"))
        }
        let word = [String(decoding: own, as: UTF8.self)]
        var old = node.core.description.status(.offline, connection: 0)
        #expect(answers(JSON.encode(old)) == word)
        old.bootId = "boot-0"
        old.started -= 1
        #expect(answers(JSON.encode(old)) == word)
        #expect(answers([]) == word)
        #expect(answers(Array("rubbish".utf8)) == word)
        // The will of a later life is no truer while this one is there.
        old.started += 10
        #expect(answers(JSON.encode(old)) == word)
        // An echo of its own, and another agent of that name that is there and younger, are left alone.
        #expect(answers(own).isEmpty)
        old.state = .online
        #expect(answers(JSON.encode(old)).isEmpty)
        node.core.connection = nil
        #expect(answers([]).isEmpty)
    }

    @Test func `an older will of another node overrules no newer birth`() {
        var node = TestNode.atWork()
        node.hear(status: .online, of: "landing", connection: 2, at: at(1))
        node.hear(status: .offline, of: "landing", connection: 1, at: at(2))
        #expect(node.core.presence.isOnline("landing"))
        node.hear(status: .offline, of: "landing", connection: 2, at: at(3))
        #expect(!node.core.presence.isOnline("landing"))
        node.hear(status: .online, of: "landing", started: at(-5), connection: 3, at: at(4))
        #expect(node.core.presence.isOnline("landing"), "connections are counted; a clock may have been set")
    }

    @Test func `of other nodes no more is kept than is needed`() {
        var node = TestNode.atWork()
        let bars = (0..<1000).map { NodeStatus.Bar(name: "bar-\($0)", channels: "rgb") }
        let status = NodeStatus(
            state: .online, bootId: "b", started: 1, connection: 1, version: "1", bars: bars, sensors: [],
            synchronised: false, priority: 0)
        node.hear(.status(node: "big"), status, at: at(1))
        #expect(node.core.presence["big"]?.bars == [])
    }

    @Test func `zones have a limit in number and in size`() {
        var node = TestNode()
        node.connect(at: at(0))
        let bars = ["stair-01"] + (0..<9000).map { "bar-\($0)" }
        let big = JSON.encode(ZoneMessage(Zone(bars: bars, sensors: [:]), revision: 1))
        var warnings: [String] = []
        for index in 0..<20 {
            warnings += node.hear(.zoneConfiguration(zone: "z\(index)"), bytes: big, at: at(1)).warnings
        }
        #expect(node.core.zones.values.reduce(0) { $0 + $1.configuration.count } <= 1 << 20)
        #expect(node.core.zones.count > 5 && warnings.first?.contains("more than 1048576 bytes together") == true)
    }
}
