import Lighting
import Testing

@testable import Mesh

/// What a node makes of a broker that it comes to from another, which has kept what was said there before.
@Suite struct NodeBrokersTests {
    /// A node that goes to another broker, and hears its own word there.
    private static func move(_ node: inout TestNode, connection: Int, at now: MeshInstant) {
        for said in node.connect(connection, at: now).publications where said.topic.hasSuffix("/status") {
            _ = node.core.handle(.message(topic: said.topic, payload: said.payload), at: now)
        }
    }

    @Test func `what a sensor said there before it had a part in the zone doesn't end what it has said since`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(1))
        node.hear(NodeMotionTests.top, NodeMotionTests.seen(at(10)), at: at(10.1))
        let old = SensorMessage(motion: false, lastEdge: at(5), lastMotion: at(6), failed: nil, registers: [:])
        Self.move(&node, connection: 2, at: at(12))
        node.hear(NodeMotionTests.top, retained: JSON.encode(old), at: at(12.1))
        #expect(node.lights(at: at(13)) == [1])
        // Said now, it is the sensor's last word.
        node.hear(NodeMotionTests.top, old, at: at(14))
        #expect(node.core.zone("stairs")?.activation == nil)
    }

    @Test(arguments: [(4, true), (5, false)])
    func `who was there before, and has been elsewhere since, is missed`(connection: Int, isMissed: Bool) {
        var node = TestNode.atWork(zones: ["stairs": Zone(bars: ["stair-01", "landing"], sensors: [:])])
        node.hear(status: .online, of: "landing", connection: 5, at: at(1))
        Self.move(&node, connection: 2, at: at(10))
        node.hear(status: connection == 4 ? .offline : .online, of: "landing", connection: connection, at: at(10))
        #expect(node.core.missesOthers == isMissed)
    }

    @Test func `a zone's keeper says its state anew once another has come from another broker`() {
        var node = TestNode.atWork()
        node.hear(status: .online, of: "stair-02", connection: 4, at: at(1))
        node.tick(at: at(20))
        #expect(node.hear(status: .online, of: "stair-02", connection: 4, at: at(21)).isEmpty)
        let actions = node.hear(status: .online, of: "stair-02", connection: 5, at: at(22))
        #expect(actions.published(.state(zone: "stairs")).count == 1)
    }
}
