import Lighting
import Testing

@testable import Mesh

@Suite("Words that seem old by a clock that is wrong yet")
struct NodeOlderWordTests {
    @Test func `what the broker kept and seemed long over is motion once the clock is set back`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(3600))
        let top = Topic.sensor(node: "landing", sensor: "top")
        node.hear(top, NodeMotionTests.seen(at(3600), last: at(3601), motion: false), at: at(3601))
        // The sensor's node began anew alone, an hour behind, and saw somebody before this one found it.
        node.hear(
            top, retained: JSON.encode(NodeMotionTests.seen(at(100), last: at(102), motion: false)), at: at(3705))
        #expect(node.core.zone("stairs")?.activation?.start == at(3600))
        _ = node.core.handle(.clockStepped(.seconds(-3600)), at: at(105))
        #expect(node.core.zone("stairs")?.activation?.start == at(100))
        #expect(node.lights(at: at(107)) == [1])
    }

    @Test func `what a broker brings back that lost its last minutes stays the older after a small step`() {
        var node = TestNode.atWork("stair-02", sensors: [])
        node.hear(status: .online, of: "landing", at: at(100))
        let top = Topic.sensor(node: "landing", sensor: "top")
        node.hear(top, NodeMotionTests.seen(at(90), last: at(102), motion: false), at: at(102))
        node.hear(top, retained: JSON.encode(NodeMotionTests.seen(at(20), last: at(22), motion: false)), at: at(103))
        _ = node.core.handle(.clockStepped(.milliseconds(-50)), at: at(104))
        #expect(node.core.zone("stairs")?.activation?.start == at(90))
        #expect(node.lights(at: at(150)) == [1])
    }
}
