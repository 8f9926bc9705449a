import Lighting
import Mesh
import Testing

@testable import Fleet

/// What a leader wrote and lost the lead over, before it came back.
@Suite struct LateRecordTests {
    /// A fleet in whose stairs somebody led in term 7 before, so that the agent leads in term 8.
    private func successor(_ group: GroupMessage = GroupMessage(), nodes: [String: NodeMessage] = [:]) -> TestFleet {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.run(seconds: 60)
        fleet.handle(.disconnected)
        fleet.handle(.connected)
        var group = group
        group.stamp = Stamp(term: 7, revision: 3)
        fleet.hear(.group(zone: "stairs"), group)
        for (name, node) in nodes { fleet.hear(.node(name), node) }
        fleet.handle(.settled)
        fleet.run(seconds: 10)
        return fleet
    }

    private func record(_ state: LifecycleState, revision: Int64) -> NodeMessage {
        var node = NodeMessage()
        node.stamp = Stamp(term: 7, revision: revision)
        node.healthStatus = .healthy
        node.lifecycleState = state
        node.inServiceSince = 1
        node.groups = ["stairs"]
        return node
    }

    @Test func `a former leader's word that comes after its follower's claim is written over`() throws {
        var fleet = successor(nodes: ["stair-02": record(.inService, revision: 4)])
        #expect(fleet.core.election.term == 8)
        var group = GroupMessage(stamp: Stamp(term: 7, revision: 99))
        group.activities = [
            Activity(
                id: "stair-02-1", kind: .replacement, node: "stair-02", cause: "", began: 1, status: .inProgress,
                step: .replace, detail: "")
        ]
        fleet.hear(.group(zone: "stairs"), group)
        fleet.hear(.node("stair-02"), record(.terminating, revision: 99))
        fleet.run(seconds: 5)
        #expect(fleet.group("stairs")?.stamp.term == 8 && fleet.activities().isEmpty)
        let written = try JSON.decode(NodeMessage.self, from: #require(fleet.retained["fleet/node/stair-02"]))
        #expect(written.stamp.term == 8 && written.lifecycleState == .inService)
        // It is looked after as before.
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 150)
        #expect(fleet.activities().map(\.status) == [.successful])
    }

    @Test func `who takes over counts a node again whose place nobody gives away`() {
        let fleet = successor(nodes: ["stair-02": record(.terminating, revision: 4)])
        #expect(fleet.lifecycle(of: "stair-02") == .inService)
    }

    @Test func `an operator is answered once it is written`() throws {
        var fleet = successor()
        fleet.echoesGroups = false
        #expect(fleet.command(FleetCommand(.suspend, id: "one", zone: "stairs")) == nil)
        #expect(
            fleet.command(FleetCommand(.setHealth, id: "two", node: "stair-09"))?.done == false, "a refusal is at once")
        let record = try #require(fleet.retained["fleet/group/stairs"])
        fleet.handle(.message(topic: "footlight/home/fleet/group/stairs", payload: record))
        #expect(fleet.last("fleet/result", as: ResultMessage.self)?.id == "one")
    }

    @Test func `a verdict on the boot before says nothing of an update that has come up meanwhile`() {
        var group = GroupMessage()
        group.activities = [
            Activity(
                id: "stair-02-1", kind: .update, node: "stair-02", cause: "r", began: 1, status: .inProgress,
                step: .update, detail: "", bootId: "boot-0", version: "1")
        ]
        var node = NodeMessage()
        node.stamp = Stamp(term: 7, revision: 3)
        node.healthStatus = .unhealthy
        node.lifecycleState = .inService
        var fleet = successor(group, nodes: ["stair-02": node])
        fleet.run(seconds: 90)
        #expect(fleet.activities().map(\.status) == [.successful], "\(fleet.activities().map(\.line))")
    }

    @Test func `an updated node's silence has its time before it takes the version back`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        _ = fleet.startRefresh { $0.bakeTimeSeconds = 600 }
        fleet.follow(seconds: 300, until: { $0.refresh?.status == .baking })
        fleet.nodes["stair-02"]?.answers = false
        fleet.follow(seconds: 60)
        #expect(fleet.health(of: "stair-02") == .unhealthy && fleet.refresh?.status == .baking)
        #expect(fleet.group("stairs")?.holding?.contains("stair-02 doesn't answer; it has") == true)
        fleet.nodes["stair-02"]?.answers = true
        fleet.follow(seconds: 60)
        #expect(fleet.refresh?.status == .baking && fleet.group("stairs")?.holding == nil)
        fleet.nodes["stair-02"]?.answers = false
        fleet.follow(seconds: 120)
        #expect(fleet.refresh?.status == .rollbackInProgress)
        #expect(fleet.refresh?.reason.contains("stair-02 is Unhealthy") == true)
    }
}
