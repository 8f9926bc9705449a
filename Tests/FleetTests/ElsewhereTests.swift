import Lighting
import Mesh
import Testing

@testable import Fleet

/// Nodes that are silent here, and answer at another broker of the list.
@Suite struct ElsewhereTests {
    private func fleet() -> TestFleet {
        TestFleet(zones: ["stairs": stairs(6)], spares: ["spare-1"], hasOtherBrokers: true)
    }

    @Test func `who answers at another broker isn't replaced, however long, and the group says where it is`() {
        var fleet = fleet()
        fleet.beyond = ["stair-06": "mqtt://far"]
        fleet.nodes["stair-06"]?.answers = false
        fleet.run(seconds: 600)
        #expect(fleet.health(of: "stair-06") == .unhealthy)
        #expect(fleet.activities().isEmpty)
        #expect(
            fleet.group("stairs")?.holding
                == "stair-06: it answers at mqtt://far: it is well, and cut off from here")
        #expect(fleet.looks.allSatisfy { $0 == ["stair-06"] })
        // Asked anew each interval of 10 s, not with each look at the fleet.
        #expect((30...60).contains(fleet.looks.count), "\(fleet.looks.count)")
        fleet.nodes["stair-06"]?.answers = true
        fleet.run(seconds: 60)
        #expect(fleet.health(of: "stair-06") == .healthy)
        #expect(fleet.group("stairs")?.holding == nil)
        #expect(fleet.activities().isEmpty)
    }

    @Test func `who answers there no longer has a detection time to come here, then its place goes to a spare`() {
        var fleet = fleet()
        fleet.beyond = ["stair-06": "mqtt://far"]
        fleet.nodes["stair-06"]?.answers = false
        fleet.run(seconds: 200)
        fleet.beyond = [:]
        let gone = fleet.now
        fleet.run(seconds: 200) { !$0.activities().isEmpty }
        #expect(fleet.activities().map(\.spare) == ["spare-1"])
        let seconds = (fleet.now - gone).seconds
        #expect((20...60).contains(seconds), "\(seconds) s")
    }

    @Test func `who answers nowhere is replaced as soon as that is known; a look that never ends found nobody`() {
        var known = fleet()
        known.nodes["stair-06"]?.answers = false
        var alone = TestFleet(zones: ["stairs": stairs(6)], spares: ["spare-1"])
        alone.nodes["stair-06"]?.answers = false
        var waiting = fleet()
        waiting.beyond = nil
        waiting.nodes["stair-06"]?.answers = false
        known.run(seconds: 200) { !$0.activities().isEmpty }
        alone.run(seconds: 200) { !$0.activities().isEmpty }
        waiting.run(seconds: 200) { !$0.activities().isEmpty }
        #expect(alone.looks.isEmpty)
        #expect(known.looks == [["stair-06"]] && waiting.looks == [["stair-06"]])
        #expect(known.now - alone.now < .seconds(1))
        let waited = (waiting.now - alone.now).seconds
        #expect((15...19).contains(waited), "\(waited) s")
        #expect([known, alone, waiting].allSatisfy { $0.activities().first?.spare == "spare-1" })
    }

    @Test func `an operator's word overrules that it answers elsewhere`() {
        var fleet = fleet()
        fleet.beyond = ["stair-06": "mqtt://far"]
        fleet.nodes["stair-06"]?.answers = false
        fleet.run(seconds: 200)
        var command = FleetCommand(.setHealth, id: "1", node: "stair-06")
        command.health = .unhealthy
        #expect(fleet.command(command)?.done == true)
        fleet.run(seconds: 20)
        #expect(fleet.activities().first?.spare == "spare-1")
    }

    @Test func `a node that a restart made silent here, and that answers elsewhere, keeps its place`() {
        var fleet = fleet()
        fleet.beyond = ["stair-06": "mqtt://far"]
        fleet.nodes["stair-06"]?.fault = "dark"
        fleet.run(seconds: 100) { !$0.actions(for: "stair-06").isEmpty }
        fleet.leave("stair-06")
        fleet.run(seconds: 600)
        #expect(fleet.looks.count > 1)
        #expect(fleet.nodes["spare-1"]?.configuration == nil)
        #expect(fleet.activities().map(\.step) == [.restart])
    }
}
