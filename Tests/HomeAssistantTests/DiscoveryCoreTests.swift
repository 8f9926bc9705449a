import HomeAssistant
import Lighting
import Mesh
import Testing

/// A node's part in discovery, by hand: its instants are seconds.
private struct Desk {
    static let topics = DiscoveryTopic(site: "home", .usual)
    static let own = topics.name(of: .node("stair-01")), stairs = topics.name(of: .zone("stairs"))

    var core = DiscoveryCore(site: "home", node: "stair-01")

    static func source(version: String = "1", lights: [String] = []) -> DiscoverySource {
        var description = NodeDescription(
            site: "home", node: "stair-01", bars: [.init(name: "bar", channels: "white")],
            sensors: [.init(name: "bottom", driver: "simulated")], version: version, bootId: "1",
            started: MeshInstant(nanoseconds: 0))
        description.lights = lights
        return .node(description, measured: [.lateFrames])
    }

    static func payload(version: String = "1", lights: [String] = []) -> [UInt8] {
        source(version: version, lights: lights).device(topics).payload
    }

    static func zone(kept: Bool = true, rank: Int = 0, revision: Int64 = 1) -> DiscoveryKnowledge.Zone {
        let zone = Zone(bars: ["stair-01"], sensors: ["stair-01/bottom": .first])
        let source = DiscoverySource.zone("stairs", zone, nodes: ["stair-01"], modes: .all)
        return .init(source: kept ? source : nil, rank: rank, revision: revision)
    }

    static let zonePayload = zone().source?.device(topics).payload ?? []

    static func known(
        node: DiscoverySource? = source(), zones: [String: DiscoveryKnowledge.Zone] = [:],
        listed: Set<String> = ["stairs"], nodes: Set<String>? = nil, _ settings: HomeAssistantSettings = .usual
    ) -> DiscoveryKnowledge {
        DiscoveryKnowledge(settings: settings, node: node, zones: zones, listed: listed, nodes: nodes)
    }

    @discardableResult
    mutating func tell(_ event: DiscoveryCore.Event, at second: Double) -> [DiscoveryCore.Action] {
        core.handle(event, at: Int64(second * 1e9))
    }

    /// Lets time pass, tick by tick.
    mutating func pass(from start: Double, to end: Double) -> [DiscoveryCore.Action] {
        var (actions, now) = ([DiscoveryCore.Action](), Int64(start * 1e9))
        while now <= Int64(end * 1e9) {
            actions += core.handle(.tick, at: now)
            now = max(now + 1_000_000, core.due)
            if now == .max { break }
        }
        return actions
    }

    @discardableResult
    mutating func hear(
        _ payload: [UInt8], on topic: String, retained: Bool = false, at second: Double
    ) -> [DiscoveryCore.Action] {
        tell(.message(topic: topic, payload: payload, retained: retained), at: second)
    }
}

extension [DiscoveryCore.Action] {
    fileprivate var publications: [(topic: String, payload: [UInt8])] {
        compactMap { if case .publish(let topic, let payload) = $0 { (topic, payload) } else { nil } }
    }
}

@Suite("Home Assistant is told")
struct DiscoveryCoreTests {
    @Test func `a node asks what the broker keeps of its device, and publishes what isn't there`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        let first = desk.tell(.known(Desk.known()), at: 0)
        #expect(first == [.subscribe("homeassistant/status"), .subscribe(Desk.own)])
        #expect(desk.pass(from: 0, to: 1.9).isEmpty)
        let said = desk.pass(from: 1.9, to: 100).publications
        #expect(said.count == 1 && said.first?.topic == Desk.own && said.first?.payload == Desk.payload())
    }

    @Test func `what the broker keeps as it is to be isn't said again`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known()), at: 0)
        desk.hear(Desk.payload(), on: Desk.own, retained: true, at: 0.1)
        #expect(desk.pass(from: 0.1, to: 100).isEmpty)
    }

    @Test func `an entity that went while the node was off is taken away, and then left out`() throws {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known()), at: 0)
        desk.hear(Desk.payload(lights: ["sky"]), on: Desk.own, retained: true, at: 0.1)
        let said = desk.pass(from: 0.1, to: 5).publications
        let text = String(decoding: try #require(said.first).payload, as: UTF8.self)
        #expect(said.count == 1 && text.contains(#""light_sky":{"platform":"sensor"}"#))
        // The broker says it back, which is no news.
        desk.hear(said[0].payload, on: Desk.own, at: 0.2)
        let rest = desk.pass(from: 5, to: 100).publications
        #expect(rest.count == 1 && rest.first?.payload == Desk.payload())
    }

    @Test func `two messages of a device are five seconds apart`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known()), at: 0)
        #expect(desk.pass(from: 0, to: 2.5).publications.count == 1)
        desk.tell(.known(Desk.known(node: Desk.source(version: "2"))), at: 3)
        #expect(desk.pass(from: 3, to: 6.9).publications.isEmpty)
        #expect(desk.pass(from: 6.9, to: 7.1).publications.map(\.payload) == [Desk.payload(version: "2")])
    }

    @Test func `at Home Assistant's birth all is said again, but not for what the broker kept of one`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known(zones: ["stairs": Desk.zone()])), at: 0)
        #expect(desk.pass(from: 0, to: 10).publications.count == 2)
        desk.hear(Array("online".utf8), on: "homeassistant/status", retained: true, at: 10)
        desk.hear(Array("offline".utf8), on: "homeassistant/status", at: 10)
        #expect(desk.pass(from: 10, to: 20).publications.isEmpty)
        desk.hear(Array("online".utf8), on: "homeassistant/status", at: 20)
        #expect(desk.pass(from: 20, to: 20.9).publications.isEmpty)
        #expect(desk.pass(from: 20.9, to: 23).publications.map(\.topic) == [Desk.own, Desk.stairs])
    }

    @Test func `a zone that another keeps is another's to write`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known(zones: ["stairs": Desk.zone()])), at: 0)
        _ = desk.pass(from: 0, to: 10)
        let said = desk.tell(.known(Desk.known(zones: ["stairs": Desk.zone(kept: false)])), at: 10)
        #expect(said == [.unsubscribe(Desk.stairs)])
        #expect(desk.pass(from: 10, to: 100).publications.isEmpty)
    }

    @Test func `a zone that is gone is taken away by the first of its nodes that is there, once`() {
        var first = Desk()
        var second = Desk()
        for rank in 0...1 {
            var desk = Desk()
            desk.tell(.connected, at: 0)
            desk.tell(.known(Desk.known(zones: ["stairs": Desk.zone(kept: rank == 0, rank: rank)])), at: 0)
            _ = desk.pass(from: 0, to: 10)
            desk.tell(.known(Desk.known(listed: [])), at: 10)
            desk.hear(Desk.zonePayload, on: Desk.stairs, retained: true, at: 10.01)
            if rank == 0 { first = desk } else { second = desk }
        }
        let said = first.pass(from: 10.02, to: 10.2)
        #expect(said == [.publish(topic: Desk.stairs, payload: []), .unsubscribe(Desk.stairs)])
        var alone = second
        second.hear([], on: Desk.stairs, at: 10.1)
        #expect(second.pass(from: 10.1, to: 100).publications.isEmpty && second.core.due == .max)
        // If the first is gone, too, it is the second's turn.
        #expect(alone.pass(from: 10.1, to: 100).publications.map(\.topic) == [Desk.stairs])
    }

    @Test func `what isn't there isn't taken away, since Home Assistant warns of that`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known(node: nil, zones: ["stairs": Desk.zone(kept: false)])), at: 0)
        _ = desk.pass(from: 0, to: 10)
        desk.tell(.known(Desk.known(node: nil, listed: [])), at: 10)
        #expect(desk.pass(from: 10, to: 100).publications.isEmpty && desk.core.due == .max)
    }

    @Test func `a site that isn't to be found any more takes its devices away, also what it said before this start`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known(node: nil, zones: ["stairs": Desk.zone(kept: false, rank: 1)])), at: 0)
        let off = desk.tell(.known(nil), at: 0.1)
        #expect(off.contains(.unsubscribe("homeassistant/status")) && off.contains(.subscribe(Desk.own)))
        desk.hear(Desk.payload(), on: Desk.own, retained: true, at: 0.2)
        desk.hear(Desk.zonePayload, on: Desk.stairs, retained: true, at: 0.2)
        let said = desk.pass(from: 0.2, to: 100).publications
        #expect(said.map(\.topic) == [Desk.own, Desk.stairs] && said.allSatisfy { $0.payload.isEmpty })
        #expect(desk.core.due == .max)
    }

    @Test func `another prefix takes the devices from the one to the other`() throws {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known()), at: 0)
        _ = desk.pass(from: 0, to: 10)
        let other = try #require(HomeAssistantSettings(prefix: "ha/two"))
        desk.tell(.known(Desk.known(other)), at: 10)
        let said = desk.pass(from: 10, to: 100).publications
        #expect(said.map(\.topic) == [Desk.own, "ha/two/device/footlight_home_node_stair-01/config"])
        #expect(said[0].payload.isEmpty && !said[1].payload.isEmpty)
    }

    @Test func `what a person clears stays away until the next connect`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known()), at: 0)
        _ = desk.pass(from: 0, to: 10)
        desk.hear([], on: Desk.own, at: 10)
        #expect(desk.pass(from: 10, to: 1000).isEmpty)
        desk.tell(.disconnected, at: 1000)
        desk.tell(.connected, at: 1001)
        #expect(desk.pass(from: 1001, to: 1100).publications.count == 1)
    }

    @Test func `a zone that was taken away and is back at once is told again`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known(node: nil, zones: ["stairs": Desk.zone()])), at: 0)
        _ = desk.pass(from: 0, to: 10)
        desk.hear([], on: Desk.stairs, at: 10)
        desk.tell(.known(Desk.known(node: nil, zones: ["stairs": Desk.zone()])), at: 10.5)
        #expect(desk.pass(from: 10.5, to: 20).isEmpty)
        desk.tell(.known(Desk.known(node: nil, zones: ["stairs": Desk.zone(revision: 2)])), at: 20)
        #expect(desk.pass(from: 20, to: 30).publications.map(\.topic) == [Desk.stairs])
    }

    @Test func `against another that says otherwise it insists less and less often`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known()), at: 0)
        _ = desk.pass(from: 0, to: 10)
        var (said, now) = (0, 10.0)
        while now < 610 {
            let news = desk.pass(from: now, to: now + 1).publications.count
            said += news
            if now == 10 || news > 0 { desk.hear(Desk.payload(version: "3"), on: Desk.own, at: now + 1) }
            now += 1
        }
        #expect((3...7).contains(said), "\(said)")
    }

    @Test func `the site's first node takes away what nobody else is left to`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        desk.tell(.known(Desk.known(nodes: ["stair-01", "hall-01"])), at: 1)
        _ = desk.pass(from: 1, to: 10)
        #expect(desk.pass(from: 10, to: 17) == [.subscribe("homeassistant/device/+/config")])
        let topics = Desk.topics
        let dead = [DiscoveryTopic.Subject.group("cellar"), .node("cellar-01"), .zone("cellar")].map {
            topics.name(of: $0)
        }
        let living = [topics.name(of: .node("hall-01")), Desk.stairs, "homeassistant/device/boiler/config"]
        let others = DiscoveryTopic(site: "neighbours", .usual).name(of: .zone("cellar"))
        for topic in dead + living + [others] { desk.hear(Array("{}".utf8), on: topic, retained: true, at: 17) }
        let said = desk.pass(from: 17, to: 100)
        #expect(said.first == .unsubscribe("homeassistant/device/+/config"))
        #expect(said.publications.map(\.topic) == dead && said.publications.allSatisfy { $0.payload.isEmpty })
    }

    @Test func `of many zones a few are told at a time`() {
        var desk = Desk()
        desk.tell(.connected, at: 0)
        let zones = (0..<30).map { ("zone-\($0)", Desk.zone()) }
        desk.tell(.known(Desk.known(zones: Dictionary(zones) { $1 })), at: 0)
        #expect(desk.tell(.tick, at: 3).publications.count == 4)
        #expect(desk.core.due <= Int64(3e9))
        #expect(desk.pass(from: 3, to: 4).publications.count == 27)
    }

    @Test func `without a broker nothing is due`() {
        var desk = Desk()
        desk.tell(.known(Desk.known()), at: 0)
        #expect(desk.core.due == .max)
    }
}
