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

    @Test func `restart is answered first`() {
        var node = TestNode.atWork()
        let actions = node.hear(Self.action, ActionMessage(action: "restart", id: "1"), at: at(10))
        #expect(actions.last == .restart && actions.published(Self.result).count == 1)
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
        let publication = node.core.health(at: at(20), checks: [.init("memory", healthy: true, value: 5, unit: "MB")])
        #expect(!publication.retain && publication.qos == 0)
        let health = try JSON.decode(HealthMessage.self, from: publication.payload)
        #expect(health.uptimeSeconds == 20)
        #expect(
            health.checks.map(\.check) == [
                "memory", "messages", "configuration", "configuration/stairs", "sensor/bottom", "bar/bar",
            ])
        #expect(health.checks.map(\.healthy) == [true, false, true, true, true, false])
        #expect(health.checks[1].detail?.contains("footlight/home/zone/stairs/set: is not JSON") == true)
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
