import Lighting
import Testing

@testable import Mesh

/// A bar that stands in several zones.
@Suite struct SeveralZonesTests {
    @Test func `a bar in two zones shows the brighter of both`() {
        let dim = Zone(
            bars: ["stair-01/bar"], sensors: ["landing/top": .first],
            look: Look(brightness: Lightness(0.3), easeIn: .zero, easeOut: .zero), lead: .zero)
        var node = TestNode.atWork(zones: ["hall": dim, "stairs": stairs])
        var message = NodeMotionTests.seen(at(10))
        message.zones["hall"] = message.zones.removeValue(forKey: "stairs")
        node.hear(NodeMotionTests.top, message, at: at(10))
        #expect(node.lights(at: at(11)) == [0.3])
        node.motion(true, at: at(12))
        #expect(node.lights(at: at(13)) == [1])
    }

    /// A node whose bar is in two zones, the second of which has no sensor and is put out slowly.
    private static func inTwoZones() -> TestNode {
        let floor = Zone(
            bars: ["stair-01/bar"], sensors: [:],
            look: Look(brightness: Lightness(0.2), easeIn: .seconds(1), easeOut: .seconds(2), curve: .linear),
            lead: .zero, isMaster: true)
        var zone = stairs
        zone.look.curve = .linear
        return TestNode.atWork(zones: ["floor": floor, "stairs": zone])
    }

    private static let floor = Topic.set(zone: "floor")

    @Test func `a master zone that is put out puts out its bars, whatever other zones light, and gives them back`() {
        var node = Self.inTwoZones()
        node.motion(true, at: at(10))
        #expect(node.lights(at: at(13)) == [1])
        node.hear(Self.floor, text: #"{"state":"OFF","until":"ever"}"#, at: at(14))
        let fading = stride(from: 14.0, through: 17, by: 0.05).map { node.lights(at: at($0))[0] }
        #expect(fading == fading.sorted(by: >) && fading.first == 1 && fading.last == 0)
        #expect(fading.contains { $0 > 0.4 && $0 < 0.6 }, "it fades as the zone that is put out")
        // Motion that begins now isn't seen either, not even as a flash.
        node.motion(false, at: at(20))
        _ = node.lights(at: at(90))
        node.motion(true, at: at(100))
        #expect(stride(from: 100.0, through: 103, by: 0.05).allSatisfy { node.lights(at: at($0)) == [0] })
        node.hear(Self.floor, text: "auto", at: at(110))
        let coming = stride(from: 110.0, through: 113, by: 0.05).map { node.lights(at: at($0))[0] }
        #expect(coming == coming.sorted() && coming.first == 0 && coming.last == 1, "\(coming)")
    }

    @Test func `of commands over two zones of a bar the later holds`() {
        var node = Self.inTwoZones()
        node.hear(Topic.set(zone: "stairs"), text: "on", at: at(10))
        #expect(node.lights(at: at(12)) == [1])
        node.hear(Self.floor, text: "off", at: at(13))
        #expect(node.lights(at: at(16)) == [0], "on was before")
        node.hear(Topic.set(zone: "stairs"), text: "on", at: at(20))
        #expect(node.lights(at: at(23)) == [1], "on is later")
        node.hear(Self.floor, text: #"{"state":"OFF","until":"ever"}"#, at: at(30))
        node.hear(Self.floor, text: #"{"state":"ON","until":"ever"}"#, at: at(40))
        #expect(node.lights(at: at(43)) == [1], "nothing is put out: the brighter of both")
        node.hear(Topic.set(zone: "stairs"), text: "off", at: at(50))
        #expect(node.lights(at: at(53)) == [0.2], "the stairs aren't a master: the floor lights it still")
    }

    @Test func `a bar that leaves a zone isn't put out for its others`() {
        var node = Self.inTwoZones()
        node.motion(true, at: at(10))
        node.hear(Self.floor, text: #"{"state":"OFF","until":"ever"}"#, at: at(11))
        #expect(node.lights(at: at(15)) == [0])
        node.hear(.siteConfiguration, SiteMessage(revision: 9, zones: ["stairs"], timeZone: nil), at: at(20))
        node.hear(.zoneConfiguration(zone: "floor"), text: "", at: at(20))
        #expect(node.lights(at: at(22)) == [1])
    }
}
