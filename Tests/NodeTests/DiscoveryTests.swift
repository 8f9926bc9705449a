import Lighting
import MQTT
import Mesh
import Node
import Testing

/// A node with a bar of a zone, on a broker that keeps nothing. Its instants are nanoseconds of its monotonic clock.
private final class FoundNode {
    private var machine: NodeMachine
    private(set) var said: [MQTTMessage] = []
    private(set) var subscribed: Set<String> = []
    private var now: Int64 = 0

    init() {
        let clock = MeshClockCore(
            node: "stair-01", site: "home", systemOffset: 1_790_000_000_000_000_000, synchronised: true, at: 0)
        machine = NodeMachine(
            NodeDescription(
                site: "home", node: "stair-01", bars: [.init(name: "bar", channels: "white")], sensors: [],
                version: "1", bootId: "1", started: clock.mesh(at: 0)),
            clock: clock, frame: .milliseconds(10))
        tell(.start)
        tell(.timeZone(nil, .utc))
        let address = BrokerAddress(host: "127.0.0.1", port: 1883)
        tell(
            .broker(
                .connected(
                    MQTTSession(
                        address: address, version: .v5, isResumed: false, connectionCount: 1,
                        maximumPacketBytes: nil))))
        tell(.broker(.subscribed))
    }

    func tell(_ event: NodeMachine.Event) { take(machine.handle(event, at: now)) }

    private func take(_ effects: [NodeEffect]) {
        for effect in effects {
            switch effect {
            case .publish(let message, _):
                said.append(message)
                // What it says of itself comes back.
                if message.topic.hasSuffix("/status") { tell(.broker(.message(ReceivedMessage(message)))) }
            case .subscribe(let all):
                subscribed.formUnion(all.map(\.filter))
                tell(.broker(.subscribed))
            case .unsubscribe(let all): subscribed.subtract(all)
            case .report: tell(.report([]))
            default: break
            }
        }
    }

    func hear(_ topic: Topic, _ message: some Encodable) {
        tell(.broker(.message(ReceivedMessage(topic: topic.name(site: "home"), payload: JSON.encode(message)))))
    }

    func pass(seconds: Double) {
        let end = now + Int64(seconds * 1e9)
        while now < end {
            _ = machine.beginTurns(at: now)
            while let effects = machine.turn(at: now) { take(effects) }
            tell(.tick(isQuiet: true))
            if let due = machine.draw(at: now) { tell(.written(due: due, toAll: true)) }
            now = min(end, max(now + 1_000_000, machine.nextDue))
        }
    }

    /// What was said on topics of Home Assistant's.
    var discovery: [MQTTMessage] { said.filter { $0.topic.hasPrefix("homeassistant/") } }
}

extension ReceivedMessage {
    fileprivate init(_ message: MQTTMessage) { self.init(topic: message.topic, payload: message.payload) }
}

@Suite("A node is found by Home Assistant")
struct DiscoveryTests {
    private static let zone = Zone(bars: ["stair-01"], sensors: [:])
    private static let topics = [
        "homeassistant/device/footlight_home_node_stair-01/config",
        "homeassistant/device/footlight_home_zone_stairs/config",
    ]

    private static func site(_ settings: HomeAssistantSettings?, revision: Int64 = 1) -> SiteMessage {
        SiteMessage(revision: revision, zones: ["stairs"], timeZone: nil, homeAssistant: settings)
    }

    @Test func `where the site says so: its own device, and that of the zone that it keeps, retained`() {
        let node = FoundNode()
        node.hear(.siteConfiguration, Self.site(.usual))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(Self.zone, revision: 1))
        node.pass(seconds: 30)
        #expect(Set(node.discovery.map(\.topic)) == Set(Self.topics))
        #expect(node.discovery.allSatisfy { $0.retain && !$0.payload.isEmpty })
        #expect(node.subscribed.isSuperset(of: Self.topics + ["homeassistant/status"]))
    }

    @Test func `where it doesn't, nothing is said, asked or waited for`() {
        let node = FoundNode()
        node.hear(.siteConfiguration, Self.site(nil))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(Self.zone, revision: 1))
        node.pass(seconds: 30)
        #expect(node.discovery.isEmpty && !node.subscribed.contains { $0.hasPrefix("homeassistant/") })
    }

    @Test func `when it is switched off, what was said is taken away`() {
        let node = FoundNode()
        node.hear(.siteConfiguration, Self.site(.usual))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(Self.zone, revision: 1))
        node.pass(seconds: 30)
        node.hear(.siteConfiguration, Self.site(nil, revision: 2))
        node.pass(seconds: 30)
        #expect(node.discovery.suffix(2).map(\.topic).sorted() == Self.topics)
        #expect(node.discovery.suffix(2).allSatisfy { $0.retain && $0.payload.isEmpty })
        #expect(!node.subscribed.contains { $0.hasPrefix("homeassistant/") })
    }
}
