import Lighting
import Testing

@testable import Mesh

@Suite struct NodeOutputTests {
    static func node(
        start: [String: Light] = [:], stop: [String: NodeDescription.StopLight] = [:]
    ) -> TestNode {
        var node = TestNode("stair-01")
        var description = node.core.description
        description.startLights = start
        description.stopLights = stop
        node.core = NodeCore(description)
        return node
    }

    static let warm = Light(lightness: Lightness(0.4), colour: .warmWhite)

    @Test func `a bar shows its start light until the node knows better, and then lets go`() {
        var node = Self.node(start: ["bar": Self.warm])
        #expect(node.lights(at: at(0)) == [0.4])
        node.connect(at: at(1))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(1))
        #expect(node.lights(at: at(1.5)) == [0.4])
        // All that the broker keeps has come by 2, and the time to restore what it lacks is over at 3.
        node.settle(at: at(2))
        #expect(abs(node.lights(at: at(3.75))[0] - 0.2) < 0.01)
        #expect(node.lights(at: at(4.6)) == [0])
    }

    @Test func `with no broker at all the start light goes after ten seconds`() {
        var node = Self.node(start: ["bar": Self.warm])
        #expect(node.lights(at: at(9.9)) == [0.4])
        #expect(abs(node.lights(at: at(10.75))[0] - 0.2) < 0.01)
        #expect(node.lights(at: at(12)) == [0])
        #expect(node.core.restsAt <= at(12))
    }

    @Test func `motion beside the bar ends its start light, with no dark between`() {
        var node = Self.node(start: ["bar": Self.warm])
        node.connect(at: at(0))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(0))
        node.motion(true, at: at(1))
        for step in 0..<300 { #expect(node.lights(at: at(1 + Double(step) / 100))[0] >= 0.35) }
        #expect(node.lights(at: at(4)) == [1])
    }

    @Test func `a stopped node's bars fade out, stay as they are, or go on, as each is told to`() {
        func stopped(_ light: NodeDescription.StopLight?) -> (rests: Bool, light: Double) {
            var node = Self.node(stop: light.map { ["bar": $0] } ?? [:])
            node.connect(at: at(0))
            node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(stairs, revision: 1), at: at(0))
            node.settle(at: at(0.1))
            node.motion(true, at: at(10))
            _ = node.lights(at: at(10.205))
            _ = node.core.handle(.stop, at: at(10.205))
            let light = node.lights(at: at(12))[0]
            return (node.core.restsAt <= at(12), light)
        }
        #expect(stopped(nil) == (true, 0))
        let last = stopped(.last)
        #expect(last.rests && abs(last.light - 0.5) < 0.01)
        #expect(stopped(.on) == (true, 1))
    }

    @Test func `an inner wave runs through a bar's pixels in step with the wave, from whichever end it comes`() {
        var zone = stairs
        zone.wave = Wave(delay: .milliseconds(200), along: .milliseconds(200))
        func pixels(_ node: inout TestNode, at now: MeshInstant) -> [Double] {
            _ = node.lights(at: now)
            return [0, 0.5, 1].map { node.core.light(ofBar: 0, at: $0).lightness.value }
        }
        // From the bottom: the second bar's first pixel lights 200 ms after the first bar's.
        var up = TestNode.atWork("stair-02", sensors: [], zones: ["stairs": zone])
        up.hear(NodeMotionTests.bottom, NodeMotionTests.seen(at(10), origin: "stair-01/bottom"), at: at(10))
        _ = up.lights(at: at(10.3))
        let rising = pixels(&up, at: at(10.405))
        #expect(abs(rising[0] - 0.5) < 0.01 && abs(rising[1] - 0.25) < 0.01 && abs(rising[2]) < 0.01)
        #expect(!up.core.isUniform(bar: 0))
        #expect(pixels(&up, at: at(10.805)) == [1, 1, 1])
        #expect(up.core.isUniform(bar: 0))
        // From the top: the other way.
        var down = TestNode.atWork("stair-02", sensors: [], zones: ["stairs": zone])
        down.hear(NodeMotionTests.top, NodeMotionTests.seen(at(10)), at: at(10))
        _ = down.lights(at: at(10.3))
        let falling = pixels(&down, at: at(10.405))
        #expect(abs(falling[2] - 0.5) < 0.01 && abs(falling[1] - 0.25) < 0.01 && abs(falling[0]) < 0.01)
    }

    @Test func `a look's gradient and a wave's time along the bars survive the way over the broker`() throws {
        var zone = stairs
        zone.look.gradient = .temperature(Kelvin(clamping: 1900))
        zone.wave = Wave(along: .milliseconds(300))
        let bytes = JSON.encode(ZoneMessage(zone, revision: 1))
        #expect(try JSON.decode(ZoneMessage.self, from: bytes).zone == zone)
        #expect(!String(decoding: JSON.encode(ZoneMessage(stairs, revision: 1)), as: UTF8.self).contains("along"))
        for (field, text) in [("look", "{\"gradient\": \"plaid\"}"), ("wave", "{\"alongSeconds\": 6}")] {
            let bad = Array("{\"bars\": [\"a\"], \"sensors\": {}, \"\(field)\": \(text)}".utf8)
            let error = #expect(throws: MessageError.self) { try JSON.decode(ZoneMessage.self, from: bad).zone }
            #expect(error?.field.hasPrefix(field) == true)
        }
    }
}
