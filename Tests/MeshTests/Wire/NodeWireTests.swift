import Lighting
import Testing

@testable import Mesh

@Suite struct NodeWireTests {
    private static func node(
        _ name: String, sensors: [String] = [], triggers: NodeDescription.Triggers = .wire, zone: Zone = stairs
    ) -> TestNode {
        var node = TestNode.atWork(name, sensors: sensors, zones: [:])
        var description = node.core.description
        description.triggers = triggers
        node.core = NodeCore(description)
        let topic = Topic.zoneConfiguration(zone: "stairs").name(site: home)
        let payload = JSON.encode(ZoneMessage(zone, revision: 1))
        _ = node.core.handle(.remembered(topic: topic, payload: payload), at: at(0))
        return node
    }

    private static func signals(_ actions: [NodeAction]) -> [WireSignal] {
        actions.compactMap { if case .signal(let signal) = $0 { signal } else { nil } }
    }

    /// When the node's bar begins to light.
    private static func on(_ node: TestNode) -> MeshInstant? {
        guard let part = node.core.bars[0].parts.first else { return nil }
        if let cue = part.fader.cue, cue.target.lightness > .dark { return cue.at }
        return part.nextChange
    }

    @Test(arguments: [
        (WireSignal.together, [0.0, 0, 0]), (.first, [0, 0.05, 0.1]), (.last, [0.1, 0.05, 0]), (.retrigger, [0, 0, 0]),
    ])
    func `each node times its own wave from the edge`(_ signal: WireSignal, _ delays: [Double]) {
        for (index, name) in ["stair-01", "stair-02", "stair-03"].enumerated() {
            var node = Self.node(name)
            _ = node.core.handle(.wire(signal, edge: at(10)), at: at(10.045))
            #expect(Self.on(node) == at(10.05 + delays[index]))
            #expect(node.lights(at: at(10.05 + delays[index])) == [0])
            #expect(node.lights(at: at(11)) == [1] && node.lights(at: at(69.9)) == [1])
            #expect(node.lights(at: at(72)) == [0])
        }
    }

    @Test func `a retrigger holds what is lit, and starts no other wave`() {
        var slow = stairs
        slow.wave = Wave(delay: .seconds(5))
        var node = Self.node("stair-03", zone: slow)
        _ = node.core.handle(.wire(.first, edge: at(10)), at: at(10.045))
        _ = node.core.handle(.wire(.retrigger, edge: at(12)), at: at(12.06))
        #expect(node.lights(at: at(20)) == [0] && node.lights(at: at(21)) == [1])
        // 60 s after the retrigger, and the two bars before it.
        #expect(node.lights(at: at(81.9)) == [1] && node.lights(at: at(82.5)) == [0])
    }

    @Test func `a zone may ask for a longer lead, not for a shorter one`() {
        var zone = stairs
        zone.lead = .milliseconds(200)
        var node = Self.node("stair-01", zone: zone)
        _ = node.core.handle(.wire(.first, edge: at(10)), at: at(10.03))
        #expect(Self.on(node) == at(10.2))
        zone.lead = .milliseconds(5)
        node = Self.node("stair-01", zone: zone)
        _ = node.core.handle(.wire(.first, edge: at(10)), at: at(10.03))
        #expect(Self.on(node) == at(10.05))
    }

    @Test func `a random order is the same for all, though each has a clock of its own`() {
        var zone = stairs
        zone.wave = Wave(order: .random)
        let delays = [0.0, 1000.7, 31.3].map { clock in
            ["stair-01", "stair-02", "stair-03"].map { name in
                var node = Self.node(name, zone: zone)
                _ = node.core.handle(.wire(.first, edge: at(10 + clock)), at: at(10.03 + clock))
                return Self.on(node).map { ($0 - at(10.05 + clock)).nanoseconds / 1_000_000 } ?? -1
            }
        }
        #expect(Set(delays).count == 1 && delays[0].sorted() == [0, 50, 100])
    }

    @Test func `a sensor says on the wire where it stands, that it goes on, and that it ends`() {
        var node = Self.node("stair-01", sensors: ["bottom"])
        #expect(Self.signals(node.motion(true, at: at(10))) == [.first])
        // Its own bar waits for the wire.
        #expect(node.lights(at: at(11)) == [0])
        #expect(Self.signals(node.tick(at: at(20))) == [.retrigger])
        #expect(Self.signals(node.motion(false, at: at(23))) == [.retrigger])
        #expect(Self.signals(node.tick(at: at(40))).isEmpty)

        var landing = Self.node("landing", sensors: ["top"])
        #expect(Self.signals(landing.motion(true, of: "top", at: at(10))) == [.last])
        var zone = stairs
        zone.sensors["landing/top"] = .bar("stair-02")
        landing = Self.node("landing", sensors: ["top"], zone: zone)
        #expect(Self.signals(landing.motion(true, of: "top", at: at(10))) == [.together])
        zone.wave = nil
        zone.sensors["landing/top"] = .last
        landing = Self.node("landing", sensors: ["top"], zone: zone)
        #expect(Self.signals(landing.motion(true, of: "top", at: at(10))) == [.together])
    }

    @Test func `with a short hold a sensor renews often enough that one pulse may get lost`() {
        var zone = stairs
        zone.hold = .seconds(6)
        var node = Self.node("stair-01", sensors: ["bottom"], zone: zone)
        node.tick(at: at(5))
        node.motion(true, at: at(10))
        node.tick(at: at(10.4))
        #expect(node.core.nextDue(after: at(10.5)) == at(12))
    }

    @Test func `a node on the wire ignores the network's triggers, and heeds its commands`() {
        let seen = NodeMotionTests.seen(at(10))
        var deaf = Self.node("stair-02")
        deaf.connect(at: at(1))
        deaf.hear(NodeMotionTests.top, seen, at: at(10.002))
        #expect(deaf.lights(at: at(11)) == [0])
        _ = deaf.core.handle(.wire(.last, edge: at(12)), at: at(12.045))
        #expect(deaf.lights(at: at(13)) == [1])
        deaf.hear(.set(zone: "stairs"), text: "off", at: at(14))
        #expect(deaf.lights(at: at(15)) == [0])

        var both = Self.node("stair-02", triggers: .networkAndWire)
        both.connect(at: at(1))
        both.hear(NodeMotionTests.top, seen, at: at(10.002))
        #expect(both.lights(at: at(11)) == [1])
    }

    @Test func `what the network hears of a sensor on the wire is what it hears of any`() throws {
        var node = Self.node("stair-01", sensors: ["bottom"])
        node.connect(at: at(1))
        _ = node.core.handle(.wire(.last, edge: at(10)), at: at(10.045))
        let actions = node.motion(true, at: at(12))
        let message: SensorMessage = try #require(actions.last(NodeMotionTests.bottom))
        let register = try #require(try message.registers(at: at(12))["stairs"])
        #expect(register.origin == "stair-01/bottom" && register.firstMotion == at(12) && register.motion)
    }

    @Test func `a clock that steps takes what the wire said along`() {
        var node = Self.node("stair-01")
        _ = node.core.handle(.wire(.first, edge: at(10)), at: at(10.045))
        #expect(node.lights(at: at(11)) == [1])
        _ = node.core.handle(.clockStepped(.seconds(3600)), at: at(3611))
        #expect(node.lights(at: at(3611)) == [1] && node.lights(at: at(3669.9)) == [1])
        #expect(node.lights(at: at(3672)) == [0])
    }

    @Test func `who isn't on a wire says nothing there`() {
        var node = TestNode.atWork()
        #expect(Self.signals(node.motion(true, at: at(10))).isEmpty)
        _ = node.core.handle(.wire(.first, edge: at(200)), at: at(200.03))
        #expect(node.lights(at: at(201)) == [0])
    }
}
