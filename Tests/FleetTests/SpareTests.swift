import Lighting
import Mesh
import Testing

@testable import Fleet

/// Which spare takes whose place, and what becomes of who has none.
@Suite struct SpareTests {
    @Test func `a node with sensors only gives its place to a spare that has as many, to no other`() {
        var fleet = TestFleet(
            zones: ["stairs": stairs(4)], sensors: ["stairs": ["eyes/top", "eyes/bottom"]],
            spares: ["spare-1", "spare-2"],
            hardware: [
                "eyes": .init(bars: [], sensors: ["bottom", "top"]), "spare-2": .init(bars: [], sensors: ["a"]),
            ])
        #expect(fleet.core.groups["stairs"]?.members.last == "eyes")
        #expect(fleet.core.spare(for: "eyes") == nil)
        #expect(fleet.core.spare(for: "nobody") == nil)
        fleet.nodes["eyes"]?.answers = false
        fleet.run(seconds: 300)
        #expect(fleet.activities().map(\.status) == [.failed])
        #expect(fleet.group("stairs")?.attention == "eyes: No spare can take its place: a person must")
        fleet.nodes["spare-2"]?.sensors = ["a", "b"]
        fleet.reboot("spare-2")
        fleet.run(seconds: 30)
        #expect(fleet.nodes["spare-2"]?.configuration?.sensors == ["a": "eyes/bottom", "b": "eyes/top"])
        #expect(fleet.nodes["spare-2"]?.configuration?.bars == nil)
        #expect(fleet.activities().last?.status == .successful)
        // What failed before is mended: the group's word is that of its nodes.
        #expect(fleet.group("stairs")?.attention == nil && fleet.group("stairs")?.isFine == true)
        #expect(fleet.core.view(at: fleet.now).isFine)
    }

    @Test func `one verdict: who was replaced counts no more, a spare does, and one that is mended is a spare again`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1", "spare-2"])
        var view: FleetView { fleet.core.view(at: fleet.now) }
        #expect(view.isFine && view.nodes["spare-1"]?.message.stateWord == "Spare")
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 300)
        #expect(view.nodes["stair-02"]?.message.stateWord == "Terminated" && view.isFine)
        // The spare in its place fails in turn, and is mended.
        fleet.nodes["spare-1"]?.answers = false
        fleet.run(seconds: 300)
        #expect(fleet.activities().last?.spare == "spare-2" && view.isFine)
        fleet.nodes["spare-1"]?.answers = true
        fleet.run(seconds: 60)
        #expect(fleet.lifecycle(of: "spare-1") == .inService)
        #expect(view.nodes["spare-1"]?.message.stateWord == "Spare")
        // From now on its failing counts again.
        fleet.nodes["spare-1"]?.fault = "dark"
        fleet.run(seconds: 60)
        #expect(fleet.health(of: "spare-1") == .unhealthy && !view.isFine && view.groups["stairs"]?.isFine == true)
        // Who was replaced, and is well, stands by for what it had.
        fleet.nodes["stair-02"]?.answers = true
        fleet.run(seconds: 60)
        #expect(view.nodes["stair-02"]?.message.stateWord == "Spare")
    }

    @Test(
        arguments: [
            (["stair-03/bar"], ["stair-03"], true), (["stair-03"], ["stair-03/bar"], true),
            (["stair-03/bar"], ["stair-03/other"], false), (["stair-0"], ["stair-03"], false),
        ] as [([String], [String], Bool)])
    func `a spare wired to one bar only stands in for that one, however the place is written`(
        allowed: [String], places: [String], fits: Bool
    ) {
        var fleet = TestFleet(
            zones: ["stairs": ["stair-01"] + places], sensors: ["stairs": ["stair-03/eye", "stair-01/eye"]],
            hardware: [
                "stair-01": .init(sensors: ["eye"]),
                "stair-03": .init(bars: ["bar", "other"], sensors: ["eye"]), "spare-2": .init(sensors: ["eye"]),
            ]
        ) {
            $0.spares["spare-2"] = .some(allowed)
        }
        #expect(fleet.core.spare(for: "stair-01") == nil)
        #expect((fleet.core.spare(for: "stair-03") != nil) == fits)
        fleet.nodes["stair-03"]?.answers = false
        fleet.run(seconds: 200)
        // The whole node's place is its sensors' as well, a bar's isn't: that nobody takes the sensor is told too.
        let isWhole = allowed == ["stair-03"]
        #expect(fleet.activities().map(\.status) == (fits ? [.successful] : []) + (fits && isWhole ? [] : [.failed]))
        if fits {
            #expect(fleet.nodes["spare-2"]?.configuration?.bars == ["bar": places[0]])
            #expect(fleet.nodes["spare-2"]?.configuration?.sensors == (isWhole ? ["eye": "stair-03/eye"] : nil))
        }
    }

    @Test func `a person's word ends the record of a node that was replaced, unless a zone is still to have it back`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)], spares: ["spare-1"])
        fleet.nodes["stair-02"]?.answers = false
        fleet.run(seconds: 300)
        #expect(fleet.lifecycle(of: "stair-02") == .terminated)
        func clear() {
            fleet.published = []
            fleet.handle(.message(topic: FleetTopic.node("stair-02").name(site: home), payload: []))
            fleet.run(seconds: 10)
        }
        clear()
        let kept: NodeMessage? = fleet.last("fleet/node/stair-02")
        #expect(kept?.lifecycleState == .terminated && kept?.formerPlaces.isEmpty == false)
        // By another name.
        var places = fleet.nodes["spare-1"]?.configuration ?? PlacesMessage(revision: 0)
        places.revision += 1
        places.bars = ["bar": "attic"]
        fleet.hear(.nodeConfiguration(node: "spare-1"), places)
        let zone = Zone(bars: ["stair-01", "attic", "stair-03", "stair-04"], sensors: [:])
        fleet.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(zone, revision: fleet.now.nanoseconds))
        fleet.run(seconds: 10)
        clear()
        #expect(fleet.published.allSatisfy { $0.topic != "fleet/node/stair-02" })
        #expect(fleet.core.nodes["stair-02"]?.isOurs == false)
    }

    @Test func `the record of a node that lost its last place is taken off the broker, once`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        #expect(fleet.retained["fleet/node/stair-04"]?.isEmpty == false)
        fleet.hear(
            .zoneConfiguration(zone: "stairs"), ZoneMessage(Zone(bars: stairs(3), sensors: [:]), revision: 2))
        fleet.run(seconds: 60)
        let records = fleet.published.filter { $0.topic == "fleet/node/stair-04" }
        #expect(records.count == 1 && records.first?.payload == [])
        // It comes back as one that nobody knows.
        fleet.hear(
            .zoneConfiguration(zone: "stairs"), ZoneMessage(Zone(bars: stairs(4), sensors: [:]), revision: 3))
        fleet.run(seconds: 60)
        #expect(fleet.health(of: "stair-04") == .healthy && fleet.group("stairs")?.healthy == 4)
        // And a record that somebody else takes away is written again.
        fleet.handle(.message(topic: "footlight/home/fleet/node/stair-02", payload: []))
        let again: NodeMessage? = fleet.last("fleet/node/stair-02")
        #expect(again?.healthStatus == .healthy)
    }

    @Test func `who takes over removes what its predecessor left of nodes that have no place`() {
        var fleet = TestFleet(zones: ["stairs": stairs(4)])
        fleet.handle(.disconnected)
        fleet.handle(.connected)
        var record = NodeMessage()
        record.healthStatus = .healthy
        record.lifecycleState = .inService
        record.stamp = Stamp(term: 1, revision: 4)
        fleet.handle(
            .message(
                topic: "footlight/home/fleet/node/cellar-07", payload: JSON.encode(record), retained: true))
        fleet.handle(.settled)
        fleet.run(seconds: 20)
        #expect(fleet.published.filter { $0.topic == "fleet/node/cellar-07" }.map(\.payload) == [[]])
    }
}
