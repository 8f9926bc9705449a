import Lighting
import Testing

@testable import Mesh

@Suite("A sensor's register says its hold: who hears it later goes by that")
struct NodeHoldTests {
    private static let configuration = Topic.zoneConfiguration(zone: "stairs")

    private static func zone(holding seconds: Double) -> Zone {
        var zone = stairs
        zone.hold = .seconds(seconds)
        return zone
    }

    /// A node that begins at `now`, and hears what the broker has kept.
    private static func newcomer(_ zone: Zone, _ kept: SensorMessage, at now: MeshInstant) -> TestNode {
        var node = TestNode("stair-02", sensors: [])
        node.connect(at: now)
        node.hear(Self.configuration, retained: JSON.encode(ZoneMessage(zone, revision: 2)), at: now)
        node.hear(status: .online, of: "stair-01", at: now)
        node.hear(NodeMotionTests.bottom, retained: kept.bytes, at: now)
        node.settle(at: now)
        return node
    }

    @Test func `a longer hold lights nothing for who has left, nor does a node that begins anew`() throws {
        var node = TestNode.atWork()
        node.motion(true, at: at(10))
        let said: SensorMessage = try #require(node.motion(false, at: at(11)).last(NodeMotionTests.bottom))
        #expect(said.zones["stairs"]?.holdSeconds == 60)
        #expect(node.lights(at: at(80)) == [0])
        let longer = Self.zone(holding: 600)
        let actions = node.hear(Self.configuration, ZoneMessage(longer, revision: 2), at: at(80))
        #expect(actions.published(NodeMotionTests.bottom).isEmpty && node.lights(at: at(81)) == [0])
        var newcomer = Self.newcomer(longer, said, at: at(100))
        #expect(newcomer.lights(at: at(101)) == [0] && node.lights(at: at(101)) == [0])
        // Who comes then begins an activation, for all of them.
        let next: SensorMessage = try #require(node.motion(true, at: at(120)).last(NodeMotionTests.bottom))
        newcomer.hear(NodeMotionTests.bottom, next, at: at(120))
        let activations = [node, newcomer].map { $0.core.zone("stairs")?.activation }
        #expect(activations[0]?.start == at(120) && activations[0] == activations[1])
    }

    @Test(arguments: [600.0, 20])
    func `who is there when the hold becomes another has that, and a node that begins anew knows it`(hold: Double)
        throws
    {
        var node = TestNode.atWork()
        node.motion(true, at: at(10))
        node.motion(false, at: at(11))
        let other = Self.zone(holding: hold)
        let actions = node.hear(Self.configuration, ZoneMessage(other, revision: 2), at: at(20))
        let said: SensorMessage = try #require(actions.last(NodeMotionTests.bottom))
        #expect(said.zones["stairs"]?.holdSeconds == hold && said.lastMotion == at(11).nanoseconds)
        var newcomer = Self.newcomer(other, said, at: at(21))
        #expect(node.lights(at: at(10.9 + hold))[0] > 0 && node.lights(at: at(13 + hold)) == [0])
        #expect(newcomer.lights(at: at(10.9 + hold))[0] > 0 && newcomer.lights(at: at(13 + hold)) == [0])
    }

    @Test func `motion that goes on has the hold that there is by then`() throws {
        var node = TestNode.atWork()
        node.motion(true, at: at(10))
        node.hear(Self.configuration, ZoneMessage(Self.zone(holding: 30), revision: 2), at: at(12))
        let message: SensorMessage = try #require(node.tick(at: at(30)).last(NodeMotionTests.bottom))
        #expect(message.zones["stairs"]?.holdSeconds == 30)
        let ended: SensorMessage = try #require(node.motion(false, at: at(31)).last(NodeMotionTests.bottom))
        #expect(ended.zones["stairs"]?.holdSeconds == 30)
        #expect(node.lights(at: at(60.9))[0] > 0 && node.lights(at: at(63)) == [0])
    }

    @Test func `a node that learns the time of day holds by that, and says so`() throws {
        var zone = stairs
        // It is eight in the morning of universal time, and ten in Athens.
        let hours = [("07:00", 20.0), ("09:00", 600)]
        zone.profile = Profile(
            try hours.map { Profile.Entry(from: .clock(try #require(TimeOfDay(text: $0.0))), hold: .seconds($0.1)) })
        var node = TestNode.atWork(zones: ["stairs": zone])
        node.motion(true, at: at(10))
        let said: SensorMessage = try #require(node.motion(false, at: at(11)).last(NodeMotionTests.bottom))
        #expect(said.zones["stairs"]?.holdSeconds == 20)
        let athens = CivilClock(transitions: [.init(from: .distantPast, secondsFromUTC: 7200)])
        let message: SensorMessage = try #require(
            node.core.handle(.civilClock(athens), at: at(12)).last(NodeMotionTests.bottom))
        #expect(message.zones["stairs"]?.holdSeconds == 600)
        #expect(node.lights(at: at(600)) == [1] && node.lights(at: at(613)) == [0])
    }

    @Test func `a register of the last release, which says no hold, has the zone's`() throws {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(1))
        node.hear(NodeMotionTests.top, NodeMotionTests.seen(at(10), motion: false), at: at(10))
        node.hear(Self.configuration, ZoneMessage(Self.zone(holding: 20), revision: 2), at: at(15))
        #expect(node.lights(at: at(29.9))[0] > 0 && node.lights(at: at(32)) == [0])
        // What was over then stays over.
        node.hear(Self.configuration, ZoneMessage(Self.zone(holding: 600), revision: 3), at: at(40))
        #expect(node.lights(at: at(41)) == [0])
    }
}
