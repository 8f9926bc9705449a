import Lighting
import Testing

@testable import Mesh

@Suite struct NodeActionTests {
    static let action = Topic.action(node: "stair-01")
    static let result = Topic.result(node: "stair-01")

    func result(_ message: ActionMessage, _ node: inout TestNode, at now: MeshInstant) -> ResultMessage? {
        node.hear(Self.action, message, at: now).last(Self.result)
    }

    @Test func `a trigger is a mere edge, or motion for a while`() throws {
        var node = TestNode.atWork()
        let edge = node.hear(Self.action, ActionMessage(action: "trigger", id: "1", sensor: "bottom"), at: at(10))
        #expect(edge.last(Self.result) == ResultMessage(id: "1", done: true))
        let message: SensorMessage = try #require(edge.last(.sensor(node: "stair-01", sensor: "bottom")))
        #expect(!message.motion && message.lastMotion == at(10).nanoseconds)
        #expect(node.lights(at: at(11)) == [1])
        let long = ActionMessage(action: "trigger", id: "2", sensor: "bottom", seconds: 5)
        #expect(result(long, &node, at: at(20))?.done == true)
        #expect(node.core.sensors[0].motion && node.core.nextDue(after: at(20)).map { $0 <= at(25) } == true)
        node.tick(at: at(25))
        #expect(!node.core.sensors[0].motion && node.core.sensors[0].lastMotion == at(25))
    }

    @Test func `what was done once isn't done again`() {
        var node = TestNode.atWork()
        let trigger = ActionMessage(action: "trigger", id: "1", sensor: "bottom")
        #expect(result(trigger, &node, at: at(10))?.done == true)
        #expect(node.hear(Self.action, trigger, at: at(11)).isEmpty)
        #expect(node.core.sensors[0].lastMotion == at(10))
        for index in 0..<100 {
            _ = result(ActionMessage(action: "identify", id: "i\(index)", seconds: 0), &node, at: at(12))
        }
        #expect(node.core.taken.recent.count == 32)
    }

    @Test func `what can't be done is answered with why`() {
        var node = TestNode.atWork()
        let late = ActionMessage(action: "restart", id: "1", expires: at(5).nanoseconds)
        let actions = node.hear(Self.action, late, at: at(10))
        #expect(!actions.contains(.restart))
        #expect(actions.last(Self.result, as: ResultMessage.self)?.error?.hasPrefix("expired 5.0 s ago") == true)
        let sensor = ActionMessage(action: "trigger", id: "2", sensor: "middle")
        #expect(result(sensor, &node, at: at(10))?.error == #"no sensor "middle" here; there is bottom"#)
        let unknown = ActionMessage(action: "dance", id: "3")
        #expect(
            result(unknown, &node, at: at(10))?.error
                == #"no action "dance"; there are trigger, identify, report, restart, probe, reboot, update"#)
        let long = ActionMessage(action: "e" + String(repeating: "\u{301}", count: 30_000), id: "4")
        #expect(result(long, &node, at: at(10))?.error.map { $0.utf8.count < 300 } == true)
    }

    @Test func `identify blinks and stops by itself, whatever the zone says`() {
        var node = TestNode.atWork()
        node.hear(Self.action, ActionMessage(action: "identify", id: "1"), at: at(10))
        let lights = [10.2, 10.7, 11.2, 14.7, 15.1].map { node.lights(at: at($0))[0] }
        #expect(lights == [1, 0, 1, 0, 0])
        #expect(node.core.restsAt == at(15))
    }

    @Test func `restart is answered first, once the disk knows of it`() {
        var node = TestNode.atWork()
        let asked = node.hear(Self.action, ActionMessage(action: "restart", id: "1"), at: at(10))
        #expect(asked.count == 1 && asked.remembered != nil && node.core.awaitsSaving)
        let actions = node.core.handle(.saved, at: at(10.2))
        #expect(actions.last == .restart && actions.published(Self.result).count == 1)
        #expect(!node.core.awaitsSaving && node.core.handle(.saved, at: at(10.3)).isEmpty)
    }

    @Test func `a disk that doesn't answer keeps nobody from a restart`() {
        var node = TestNode.atWork()
        node.hear(Self.action, ActionMessage(action: "restart", id: "1"), at: at(10))
        #expect(node.core.nextDue(after: at(12)).map { $0 <= at(13) } == true)
        #expect(!node.tick(at: at(12.9)).contains(.restart))
        #expect(node.tick(at: at(13)).last == .restart)
    }

    @Test func `what was obeyed isn't obeyed again after a restart, what was refused may be`() throws {
        var node = TestNode.atWork()
        let restart = ActionMessage(action: "restart", id: "1")
        let record = try #require(node.hear(Self.action, restart, at: at(10)).remembered)
        #expect(node.hear(Self.action, ActionMessage(action: "dance", id: "2"), at: at(11)).remembered == nil)
        #expect(node.hear(Self.action, ActionMessage(action: "report", id: "3"), at: at(11)).remembered == nil)
        var next = TestNode("stair-01", bootId: "boot-2", started: at(20))
        _ = next.core.handle(.remembered(topic: record.topic, payload: record.payload), at: at(20))
        next.connect(at: at(21))
        next.settle(at: at(21))
        #expect(next.hear(Self.action, restart, at: at(30)).isEmpty)
        #expect(result(ActionMessage(action: "dance", id: "2"), &next, at: at(30))?.done == false)
        #expect(result(ActionMessage(action: "report", id: "3"), &next, at: at(30))?.done == true)
        let other = next.hear(Self.action, ActionMessage(action: "identify", id: "4"), at: at(31))
        #expect(String(decoding: try #require(other.remembered).payload, as: UTF8.self) == #"{"ids":["1","4"]}"#)
    }

    @Test func `no more is remembered than what was asked last, and no ids that are none`() throws {
        var node = TestNode.atWork()
        let many = (0..<100).map { "\"old-\($0)\"" } + ["\"\(String(repeating: "x", count: 65))\""]
        let topic = Self.result.name(site: home)
        _ = node.core.handle(
            .remembered(topic: topic, payload: Array("{\"ids\":[\(many.joined(separator: ","))]}".utf8)), at: at(1))
        let action = node.hear(Self.action, ActionMessage(action: "identify", id: "new"), at: at(10))
        let record = String(decoding: try #require(action.remembered).payload, as: UTF8.self)
        #expect(record.split(separator: ",").count == 32)
        #expect(record.hasPrefix("{\"ids\":[\"old-69\"") && record.hasSuffix("\"old-99\",\"new\"]}"))
        #expect(node.hear(Self.result, ResultMessage(id: "1", done: true), at: at(11)).isEmpty, "of an answer nothing")
    }

    @Test func `actions for others are theirs`() {
        var node = TestNode.atWork()
        let other = ActionMessage(action: "restart", id: "1")
        #expect(node.hear(.action(node: "stair-02"), other, at: at(10)).isEmpty)
    }

    @Test func `health says what was refused, and how its sensors and bars are`() throws {
        var node = TestNode.atWork()
        #expect(node.tick(at: at(11.1)).contains(.reportHealth))
        _ = node.core.handle(.output(bar: "bar", failure: "no such file"), at: at(12))
        node.hear(.set(zone: "stairs"), text: "dim", at: at(13))
        let publication = node.core.health(at: at(20), checks: [.init(.memory, healthy: true, value: 5)])
        #expect(!publication.retain && publication.qos == 0)
        let health = try JSON.decode(HealthMessage.self, from: publication.payload)
        #expect(health.uptimeSeconds == 20)
        #expect(
            health.checks.map(\.check) == [
                "memory", "messages", "configuration", "configuration/stairs", "sensor/bottom", "bar/bar",
            ])
        #expect(health.checks.map(\.healthy) == [true, false, true, true, true, false])
        #expect(health.checks[1].detail?.contains("footlight/home/zone/stairs/set: \"dim\" is none of on") == true)
        #expect(health.checks[3].detail == "\(try #require(node.core.revision(ofZone: "stairs")))")
        #expect(health.checks[5].detail == "no such file")
        let works = node.core.handle(.output(bar: "bar", failure: nil), at: at(21))
        #expect(works.contains(.log(.info, "bar bar works again")))
    }

    @Test func `a flood of refusals doesn't flood the log`() {
        var node = TestNode.atWork()
        var lines = 0
        for index in 0..<1000 {
            lines += node.hear(.set(zone: "stairs"), text: "dim", at: at(10 + Double(index) / 1000)).warnings.count
        }
        #expect(lines == 11 && node.core.refusals.count == 1000)
        #expect(node.hear(.set(zone: "stairs"), text: "dim", at: at(30)).warnings.count == 1)
        let edge = MessageError(.outOfRange, field: "", reason: "too long")
        #expect(
            node.core.handle(.refused(topic: "a\nb", error: edge), at: at(31)).warnings.first?.hasPrefix(
                "refused a\\nb: too long") == true)
    }
}
