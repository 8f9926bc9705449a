import Lighting
import Mesh
import Testing

@testable import Fleet
@testable import Telemetry

@Suite("The leading fleet agent's part in records") struct RecordCollectorTests {
    private static let now = Examples.start
    private static let records = "footlight/home/node/stair-01/records"

    private static func collector() -> RecordCollector {
        RecordCollector(site: "home", agent: "fleet-a", boot: "77", seed: 1)
    }

    /// What it wants stored by the time that `now` is a second later.
    private static func stored(_ collector: inout RecordCollector, after now: MeshInstant = now) -> [RecordBody] {
        for action in collector.handle(.tick, at: now + .seconds(1)) {
            guard case .store("fleet-a", let payload) = action else { continue }
            let handed = HandedOver(payload, from: "fleet-a", of: "home")
            #expect(handed.fault == nil)
            return handed.records.compactMap(\.body)
        }
        return []
    }

    @Test func `who leads says that it collects, and has what nodes hand over stored; who doesn't, does nothing`()
        throws
    {
        var collector = Self.collector()
        #expect(collector.handle(.heard(topic: Self.records, payload: [1]), at: Self.now) == [])
        let actions = collector.handle(.leads(true), at: Self.now)
        #expect(actions.first == .subscribe("footlight/home/node/+/records"))
        guard case .publish("footlight/home/fleet/collector", let payload, retain: true)? = actions.last else {
            Issue.record("\(actions)")
            return
        }
        let message = try CollectorMessage(payload: payload)
        #expect(message == CollectorMessage(agent: "fleet-a", bootId: "77", since: Self.now.nanoseconds))
        #expect(collector.handle(.leads(true), at: Self.now) == [], "once")
        #expect(
            collector.handle(.heard(topic: Self.records, payload: [1]), at: Self.now)
                == [.store(node: "stair-01", payload: [1])])
        #expect(collector.handle(.leads(false), at: Self.now) == [.unsubscribe("footlight/home/node/+/records")])
        #expect(collector.handle(.heard(topic: Self.records, payload: [1]), at: Self.now) == [])
    }

    @Test func `a node hears what is durable, and not before`() throws {
        var collector = Self.collector()
        _ = collector.handle(.leads(true), at: Self.now)
        let actions = collector.handle(.stored(node: "stair-01", boot: "1f0c", sequence: 17), at: Self.now)
        let expected = JSON.encode(RecordedMessage(bootId: "1f0c", sequence: 17))
        #expect(
            actions == [.publish(topic: "footlight/home/node/stair-01/recorded", payload: expected, retain: false)])
    }

    @Test func `what a node hands over is read line by line, and what isn't its own is told`() {
        var chain = Examples.chain()
        let lines = (0..<3).map { _ in chain.append(.motion(MotionEvent(sensor: "bottom", motion: true)), at: Self.now)
        }
        let whole = HandedOver(lines.reduce(into: []) { $0 += $1 + [0x0a] }, from: "stair-01", of: "home")
        #expect(whole.records.map(\.line) == lines && whole.last == chain.key && whole.fault == nil)
        for (node, site) in [("stair-02", "home"), ("stair-01", "other")] {
            let other = HandedOver(lines[0], from: node, of: site)
            #expect(other.records.isEmpty && other.last == nil && other.fault != nil)
        }
        let part = HandedOver(lines[0] + Array("\n{}\n".utf8), from: "stair-01", of: "home")
        #expect(part.last?.sequence == 1 && part.fault != nil)
        #expect(HandedOver([], from: "stair-01", of: "home").last == nil)
    }

    @Test func `its own verdicts and activities become records, once, and not those of who led before`() throws {
        var collector = Self.collector()
        var node = NodeMessage()
        node.healthStatus = .healthy
        let nodeTopic = "footlight/home/fleet/node/stair-02"
        // As the leader before had it.
        _ = collector.handle(.heard(topic: nodeTopic, payload: JSON.encode(node)), at: Self.now)
        _ = collector.handle(.leads(true), at: Self.now)
        _ = collector.handle(.said(topic: nodeTopic, payload: JSON.encode(node)), at: Self.now)
        #expect(Self.stored(&collector).isEmpty)
        node.healthStatus = .unhealthy
        node.cause = "doesn't answer"
        for _ in 0..<2 {
            _ = collector.handle(.said(topic: nodeTopic, payload: JSON.encode(node)), at: Self.now)
            _ = collector.handle(.heard(topic: nodeTopic, payload: JSON.encode(node)), at: Self.now)
        }
        var group = GroupMessage()
        var activity = try Examples.activity()
        for status in [Activity.Status.inProgress, .inProgress, .successful] {
            activity.status = status
            group.activities = [activity]
            let topic = "footlight/home/fleet/group/stairs"
            _ = collector.handle(.said(topic: topic, payload: JSON.encode(group)), at: Self.now)
        }
        let bodies = Self.stored(&collector)
        #expect(bodies.count == 3)
        #expect(
            bodies.first == .health(HealthTransition(node: "stair-02", status: .unhealthy, cause: "doesn't answer")))
        #expect(bodies.last == .activity(GroupActivity(zone: "stairs", activity: activity)))
        // Until it hears that they are durable it has them stored again.
        #expect(Self.stored(&collector, after: Self.now + .seconds(10)) == bodies)
        #expect(collector.handle(.stored(node: "fleet-a", boot: "77", sequence: 3), at: Self.now) == [])
        #expect(collector.due == nil)
    }
}
