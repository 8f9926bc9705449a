import Lighting
import Testing

@testable import Mesh

@Suite("A node that is looked after: probes, programs, sleep, what it reports") struct NodeCareTests {
    static let action = Topic.action(node: "stair-01")
    static let result = Topic.result(node: "stair-01")
    static let places = Topic.nodeConfiguration(node: "stair-01")

    @Test func `a probe is reported on, then drawn, then answered with figures`() throws {
        var node = TestNode.atWork()
        let actions = node.hear(Self.action, ActionMessage(action: "probe", id: "p"), at: at(10))
        #expect(actions == [.reportHealth, .probe(id: "p")])
        let answer = node.core.handle(
            .finished(id: "p", figures: ["frameMilliseconds": 0.5]), at: at(10.1)
        )
        let message: ResultMessage = try #require(answer.last(Self.result))
        #expect(message == ResultMessage(id: "p", done: true, figures: ["frameMilliseconds": 0.5]))
        #expect(node.core.handle(.finished(id: "p"), at: at(10.2)).isEmpty, "it is answered once")
        node.hear(Self.action, ActionMessage(action: "probe", id: "q"), at: at(20))
        let failed = node.core.handle(.finished(id: "q", failure: "bar bar: gone"), at: at(20)).last(
            Self.result, as: ResultMessage.self)
        #expect(failed?.done == false && failed?.error == "bar bar: gone")
    }

    @Test func `reboot and update need a program, and a version is nothing else`() {
        var node = TestNode.atWork()
        func error(_ action: ActionMessage) -> String? {
            node.hear(Self.action, action, at: at(10)).last(Self.result, as: ResultMessage.self)?.error
        }
        #expect(error(ActionMessage(action: "reboot", id: "1"))?.contains("add commands: {reboot:") == true)
        #expect(error(ActionMessage(action: "update", id: "2", version: "2"))?.contains("{update:") == true)
        var description = node.core.description
        description.commands = [.reboot, .update]
        node.core = NodeCore(description)
        node.connect(at: at(0))
        for (id, version) in [("3", "2; reboot"), ("4", "-r"), ("5", ""), ("6", String(repeating: "1", count: 65))] {
            #expect(
                error(ActionMessage(action: "update", id: id, version: version))?.contains("is not 1 to 64") == true)
        }
        for (index, version) in ["", ".", "..", "~root", "-rf", "1..2", "../1", "+1", "_1", "1/2"].enumerated() {
            let answer = error(ActionMessage(action: "update", id: "bad-\(index)", version: version))
            #expect(answer?.contains("beginning with a letter or digit") == true, "\(version)")
        }
        let update = ActionMessage(action: "update", id: "7", bootId: "boot-1", version: "1.2.0-rc.1+b")
        #expect(node.obeyed(update, at: at(10)) == [.run(.update(version: "1.2.0-rc.1+b"), id: "7")])
        #expect(node.hear(Self.action, update, at: at(11)).isEmpty, "once")
        let other = ActionMessage(action: "reboot", id: "8", bootId: "boot-0")
        #expect(error(other)?.contains("meant for boot boot-0") == true)
    }

    @Test
    func `an update is run once, however long it takes and however often the node is probed meanwhile`() {
        var node = TestNode.atWork()
        var description = node.core.description
        description.commands = [.update]
        node.core = NodeCore(description)
        node.connect(at: at(0))
        let update = ActionMessage(action: "update", id: "u", version: "2")
        #expect(node.obeyed(update, at: at(10)) == [.run(.update(version: "2"), id: "u")])
        func probe(_ count: Int) {
            for index in 0..<count {
                node.hear(Self.action, ActionMessage(action: "probe", id: "p\(index)"), at: at(11))
                _ = node.core.handle(.finished(id: "p\(index)"), at: at(11))
            }
        }
        probe(100)
        #expect(node.hear(Self.action, update, at: at(20)).isEmpty)
        let others = (0..<40).map { ActionMessage(action: "report", id: "r\($0)") }
        for other in others { node.hear(Self.action, other, at: at(21)) }
        #expect(node.hear(Self.action, update, at: at(22)).isEmpty, "as long as it is being done")
        let answer: ResultMessage? = node.core.handle(.finished(id: "u"), at: at(30)).last(Self.result)
        #expect(answer == ResultMessage(id: "u", done: true))
        let next = ActionMessage(action: "update", id: "v", version: "3")
        node.hear(Self.action, next, at: at(40))
        _ = node.core.handle(.finished(id: "v", failure: "no"), at: at(41))
        probe(100)
        #expect(node.hear(Self.action, next, at: at(50)).isEmpty, "and after")
    }

    @Test func `no more than a few are under way`() {
        var node = TestNode.atWork()
        let answers = (0..<9).map {
            node.hear(Self.action, ActionMessage(action: "probe", id: "p\($0)"), at: at(10)).last(
                Self.result, as: ResultMessage.self)
        }
        #expect(answers.dropLast().allSatisfy { $0 == nil } && answers.last??.error == "8 actions are under way")
    }

    @Test func `asleep its bars go dark and stay so, it says so, and it wakes by itself`() throws {
        var node = TestNode.atWork()
        node.hear(Self.action, ActionMessage(action: "trigger", id: "1", sensor: "bottom"), at: at(10))
        #expect(node.lights(at: at(12)) == [1])
        let message = PlacesMessage(revision: 7, sleepUntil: at(100).nanoseconds)
        let actions = node.hear(Self.places, message, at: at(12))
        let status: NodeStatus = try #require(actions.last(.status(node: "stair-01")))
        #expect(status.state == .sleeping)
        #expect(node.lights(at: at(12.1))[0] > 0, "it fades")
        #expect(node.lights(at: at(14)) == [0])
        node.hear(Self.action, ActionMessage(action: "trigger", id: "2", sensor: "bottom"), at: at(20))
        #expect(node.lights(at: at(21)) == [0])
        let health = try JSON.decode(HealthMessage.self, from: node.core.health(at: at(22), checks: []).payload)
        #expect(health.checks.first { $0.check == "sleeping" }?.value == 78)
        #expect(health.checks.first { $0.check == "configuration" }?.detail == "7")
        // With no broker: it needs none.
        _ = node.core.handle(.disconnected, at: at(30))
        #expect(node.core.nextDue(after: at(99)).map { $0 <= at(100) } == true)
        node.tick(at: at(100))
        node.hear(Self.action, ActionMessage(action: "trigger", id: "3", sensor: "bottom"), at: at(101))
        #expect(node.lights(at: at(102)) == [1])
        let again = node.connect(2, at: at(110)).last(.status(node: "stair-01"), as: NodeStatus.self)
        #expect(again?.state == .online)
    }

    @Test func `woken by its configuration, it is as lit as its zone, easily`() {
        var node = TestNode.atWork()
        node.hear(Self.places, PlacesMessage(revision: 7, sleepUntil: at(1000).nanoseconds), at: at(12))
        node.hear(Self.action, ActionMessage(action: "trigger", id: "2", sensor: "bottom"), at: at(20))
        let actions = node.hear(Self.places, PlacesMessage(revision: 8), at: at(30))
        #expect(actions.last(.status(node: "stair-01"), as: NodeStatus.self)?.state == .online)
        #expect(node.lights(at: at(31)) == [1])
    }

    @Test func `what a broker kept of a sleep that is over puts nobody to sleep`() {
        var node = TestNode.atWork()
        let actions = node.hear(Self.places, PlacesMessage(revision: 7, sleepUntil: at(5).nanoseconds), at: at(12))
        #expect(actions.last(.status(node: "stair-01"), as: NodeStatus.self) == nil)
        #expect(!node.core.isAsleep)
    }

    @Test func `a sensor that is quiet for unusually long is told of, and doesn't count as failed`() {
        var rhythm = SensorRhythm()
        for day in 0...20 { rhythm.moved(at: at(Double(day) * 86_400)) }
        let last = 20 * 86_400.0
        #expect(rhythm.unusualSilence(at: at(last + 2.9 * 86_400)) == nil)
        #expect(rhythm.unusualSilence(at: at(last + 3 * 86_400)) == .seconds(3 * 86_400))
        var young = SensorRhythm()
        for minute in 0..<20 { young.moved(at: at(Double(minute))) }
        #expect(young.unusualSilence(at: at(1e7)) == nil, "19 pauses say nothing")
    }
}
