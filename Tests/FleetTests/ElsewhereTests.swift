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

    @Test func `who leads after a bridge is back hears what the other side gave away, and gives it back in time`()
        throws
    {
        // On the other side: stair-06 was replaced, and a later term comes, whose leader knows nothing of that.
        var other = TestFleet(zones: ["stairs": stairs(6)], spares: ["spare-1"])
        other.nodes["stair-06"]?.answers = false
        other.run(seconds: 300) { $0.lifecycle(of: "stair-06") == .terminated }
        let topic = FleetTopic.node("stair-06").name(site: home)
        func saysOf(_ revision: Int64) throws -> [FleetAction.Publication] {
            var later = NodeMessage()
            later.stamp = Stamp(term: 9, revision: revision)
            return other.core.handle(.message(topic: topic, payload: JSON.encode(later)), at: other.now).compactMap {
                if case .publish(let publication) = $0, publication.topic == topic { publication } else { nil }
            }
        }
        let publication = try #require(try saysOf(1).first)
        let said = try JSON.decode(NodeMessage.self, from: publication.payload)
        #expect(said.formerPlaces == ["stair-06"] && said.stamp.term == 1)
        #expect(!publication.retain)
        #expect(try saysOf(2).isEmpty, "it says it once")

        // On this side: the places came by the bridge; the record is of an older term than this leader's.
        for isHeard in [false, true] {
            var fleet = TestFleet(zones: ["stairs": stairs(6)], spares: ["spare-1"])
            for (node, bar) in [("spare-1", "stair-06"), ("stair-06", "")] {
                let places = PlacesMessage(revision: fleet.now.nanoseconds, bars: ["bar": bar], sensors: nil)
                fleet.nodes[node]?.configuration = places
                fleet.hear(.nodeConfiguration(node: node), places)
            }
            if isHeard {
                var earlier = said
                earlier.stamp = Stamp(term: 0, revision: 99)
                fleet.hear(.node("stair-06"), earlier)
                // One who kept its place has nothing to be given back.
                earlier.formerPlaces = ["stair-01"]
                fleet.hear(.node("stair-01"), earlier)
            }
            fleet.run(seconds: 1000)
            #expect(fleet.activities().map(\.spare) == (isHeard ? ["stair-06"] : []))
            #expect(fleet.core.groups["stairs"]?.members.last == (isHeard ? "stair-06" : "spare-1"))
            #expect(fleet.core.nodes["stair-01"]?.message.formerPlaces.isEmpty == true)
        }
    }
}
