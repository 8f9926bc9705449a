import Lighting
import Testing

@testable import Mesh

@Suite struct NodeStopTests {
    @Test func `whoever is told to end ends: identifying for an hour is over, and an ease of a minute is hurried`() {
        var zone = stairs
        zone.look.easeOut = .seconds(60)
        var node = TestNode.atWork(zones: ["stairs": zone])
        node.motion(true, at: at(2))
        #expect(node.lights(at: at(4)) == [1])
        let action = ActionMessage(action: "identify", id: "i", seconds: 3600)
        node.hear(.action(node: "stair-01"), action, at: at(4))
        #expect(node.core.restsAt == at(3604))
        _ = node.core.handle(.stop, at: at(5))
        #expect(node.core.restsAt > at(5) && node.core.restsAt <= at(5) + NodeCore.longestFarewell)
        #expect(node.lights(at: at(12)) == [0])
    }

    @Test func `whoever is told to end ends, whoever walks and whatever is ordered meanwhile`() {
        var node = TestNode.atWork(zones: ["stairs": stairs])
        node.motion(true, at: at(2))
        #expect(node.lights(at: at(4)) == [1])
        _ = node.core.handle(.stop, at: at(5))
        let rests = node.core.restsAt
        #expect(rests > at(5))
        node.motion(false, at: at(5.01))
        node.motion(true, at: at(5.02))
        node.hear(.action(node: "stair-01"), ActionMessage(action: "identify", id: "i", seconds: 60), at: at(5.03))
        node.hear(
            .set(zone: "stairs"), bytes: ZoneCommand(mode: .on(brightness: .full, colour: nil)).payload, at: at(5.04))
        _ = node.core.handle(.tick, at: at(5.1))
        #expect(node.core.restsAt == rests)
        #expect(node.lights(at: at(12)) == [0])
    }
}
