import Lighting
import Testing

@testable import Mesh

@Suite struct NodePlacesTests {
    static let given = PlacesMessage(revision: 5, bars: ["bar": "stair-02"], sensors: ["eye": "stair-01/bottom"])

    @Test func `a zone has hardware in the stead of places`() {
        var places = Places()
        #expect(places.filled(stairs) == stairs)
        places.update(NodePlacesTests.given, of: "spare-1")
        let filled = places.filled(stairs)
        #expect(filled.bars == ["stair-01", "spare-1/bar", "stair-03/bar"])
        #expect(filled.sensors == ["spare-1/eye": .first, "landing/top": .last])
        // Of two that were given a place, the later has it.
        places.update(PlacesMessage(revision: 6, bars: ["led": "stair-02/bar"]), of: "spare-0")
        #expect(places.filled(stairs).bars[1] == "spare-0/led")
        places.update(nil, of: "spare-0")
        #expect(places.filled(stairs).bars[1] == "spare-1/bar")
        places.update(nil, of: "spare-1")
        // Its bar taken away and nobody in its stead.
        places.update(PlacesMessage(revision: 7, bars: ["bar": ""]), of: "stair-03")
        #expect(places.filled(stairs).bars == ["stair-01", "stair-02", "stair-03/bar (vacant)"])
        var named = stairs
        named.sensors["landing/top"] = .bar("stair-03/bar")
        places.update(PlacesMessage(revision: 8, bars: ["bar": "stair-03/bar"]), of: "spare-2")
        #expect(places.filled(named).sensors["landing/top"] == .bar("spare-2/bar"))
    }

    @Test func `a spare that is given a place asks for the zones, and lights there in the midst of the wave`() {
        var spare = TestNode("spare-1", sensors: [])
        spare.connect(at: at(0))
        spare.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(0))
        #expect(spare.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(0)).isEmpty)
        spare.settle(at: at(0.1))
        let actions = spare.hear(
            .nodeConfiguration(node: "spare-1"), PlacesMessage(revision: 5, bars: ["bar": "stair-02"]), at: at(1))
        #expect(actions.subscribed == ["footlight/home/config/zone/+"])
        #expect(
            actions.contains { action in
                if case .remember(let topic, _) = action {
                    topic == "footlight/home/config/node/spare-1"
                } else {
                    false
                }
            })
        let more = spare.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(1))
        #expect(more.subscribed.contains("footlight/home/node/landing/sensor/top"))
        var landing = TestNode.atWork("landing", bars: [], sensors: ["top"])
        let register = landing.motion(true, of: "top", at: at(2)).published(.sensor(node: "landing", sensor: "top"))
        spare.hear(.sensor(node: "landing", sensor: "top"), text: register.last ?? "", at: at(2))
        #expect(spare.lights(at: at(3)) == [stairs.look.brightness.value])

        // Who had the place before is out of the zone, and goes out softly.
        var old = TestNode.atWork("stair-02", sensors: [])
        old.hear(.sensor(node: "landing", sensor: "top"), text: register.last ?? "", at: at(2))
        #expect(old.lights(at: at(3)) == [stairs.look.brightness.value])
        let left = old.hear(
            .nodeConfiguration(node: "spare-1"), PlacesMessage(revision: 5, bars: ["bar": "stair-02"]), at: at(3))
        #expect(left.contains(.remember(topic: "footlight/home/config/zone/stairs", payload: [])))
        let midst = old.lights(at: at(3.2))[0]
        #expect(midst > 0 && midst < stairs.look.brightness.value)
        #expect(old.lights(at: at(10)) == [0])
    }

    @Test func `motion at a spare sensor counts as at its place`() {
        var bar = TestNode.atWork("stair-02", sensors: [])
        let actions = bar.hear(.nodeConfiguration(node: "spare-1"), NodePlacesTests.eye, at: at(1))
        #expect(actions.subscribed == ["footlight/home/node/spare-1/sensor/eye"])
        var spare = TestNode.atWork("spare-1", bars: [], sensors: ["eye"], zones: [:])
        spare.hear(.nodeConfiguration(node: "spare-1"), NodePlacesTests.eye, at: at(1))
        spare.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(1))
        let register = spare.motion(true, of: "eye", at: at(2)).published(.sensor(node: "spare-1", sensor: "eye"))
        bar.hear(.sensor(node: "spare-1", sensor: "eye"), text: register.last ?? "", at: at(2))
        #expect(bar.lights(at: at(3)) == [stairs.look.brightness.value])
    }

    static let eye = PlacesMessage(revision: 5, sensors: ["eye": "stair-01/bottom"])

    @Test func `a broker that lost its memory is told again; what was taken back meanwhile is`() {
        var spare = TestNode.atWork("spare-1", sensors: [])
        spare.hear(.nodeConfiguration(node: "spare-1"), NodePlacesTests.given, at: at(1))
        spare.connect(2, at: at(20))
        let restored = spare.settle(at: at(21))
        #expect(restored.last(.nodeConfiguration(node: "spare-1")) == NodePlacesTests.given)
        spare.connect(3, at: at(30))
        spare.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(30))
        var taken = spare.settle(at: at(31))
        // A fleet agent may know that this broker, of several, was never told: until it has had its time, nothing goes out.
        #expect(spare.core.places["spare-1"] == NodePlacesTests.given)
        taken += spare.tick(at: at(36))
        #expect(taken.last(.nodeConfiguration(node: "spare-1"), as: PlacesMessage.self) == nil)
        #expect(spare.core.places.filled(stairs) == stairs)
        // A fleet agent that comes later knows that it was lost, not taken back.
        spare.hear(.nodeConfiguration(node: "spare-1"), NodePlacesTests.given, at: at(37))
        #expect(spare.core.places["spare-1"] == NodePlacesTests.given)
    }

    @Test(arguments: ["spare-1", "spare-2"])
    func `places that were taken back don't return with a broker's older memory`(name: String) throws {
        var spare = TestNode.atWork(name, sensors: [])
        let topic = Topic.nodeConfiguration(node: "spare-1")
        spare.hear(topic, NodePlacesTests.given, at: at(1))
        spare.hear(topic, text: "", at: at(2))
        #expect(spare.core.places.filled(stairs) == stairs)
        spare.connect(2, at: at(20))
        spare.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(20))
        var actions = spare.hear(topic, retained: JSON.encode(NodePlacesTests.given), at: at(20))
        actions += spare.settle(at: at(20.1)) + spare.tick(at: at(25))
        #expect(spare.core.places.filled(stairs) == stairs)
        let told: PlacesMessage = try #require(actions.last(topic))
        #expect(told == PlacesMessage(revision: NodePlacesTests.given.revision + 1))
    }

    @Test func `what a broker kept of an absent node's places and sent late doesn't take the place of what is newer`()
        throws
    {
        var node = TestNode.atWork()
        let topic = Topic.nodeConfiguration(node: "spare-1")
        node.hear(topic, NodePlacesTests.given, at: at(1))
        node.connect(2, at: at(20))
        node.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(20))
        node.settle(at: at(21))
        node.tick(at: at(26))
        #expect(node.core.places["spare-1"] == nil)
        var older = NodePlacesTests.given
        older.revision -= 1
        older.bars = ["bar": "stair-02"]
        var actions = node.hear(topic, retained: JSON.encode(older), at: at(26.1))
        #expect(node.core.places["spare-1"] == NodePlacesTests.given)
        actions += node.tick(at: at(30))
        #expect(actions.last(topic) == NodePlacesTests.given)
    }

    @Test func `a command for a place is one for whoever fills it`() {
        var keeper = TestNode.atWork("landing", bars: [], sensors: ["top"])
        keeper.hear(
            .nodeConfiguration(node: "spare-1"), PlacesMessage(revision: 5, bars: ["bar": "stair-02"]), at: at(1))
        for name in ["stair-02", "spare-1/bar"] {
            var keeper = keeper
            let actions = keeper.hear(
                .set(zone: "stairs"), text: "{\"state\":\"ON\",\"bar\":\"\(name)\",\"brightness\":255}", at: at(2))
            #expect(actions.warnings.isEmpty)
            #expect(keeper.core.zones["stairs"]?.state.barOverrides.keys.sorted() == ["spare-1/bar"])
        }
    }

    @Test(arguments: [
        #"{"revision":1,"bars":{"bar":"no place"}}"#, #"{"revision":1,"bars":{"BAR":"stair-01"}}"#,
        #"{"revision":-1,"bars":{}}"#, #"{"bars":{}}"#, #"{"revision":1,"sensors":[]}"#,
    ])
    func `what is no places message changes nothing and is told of`(text: String) {
        var node = TestNode.atWork()
        let actions = node.hear(.nodeConfiguration(node: "stair-01"), text: text, at: at(1))
        #expect(actions.warnings.count == 1 && node.core.places.nodes.isEmpty)
    }
}
