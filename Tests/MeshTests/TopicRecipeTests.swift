import Lighting
import TestSupport
import Testing

@testable import Mesh

/// What CONTRIBUTING.md asks of whoever adds a topic, where the compiler doesn't.
@Suite struct TopicRecipeTests {
    /// A node that hears whatever a node may: a zone whose light goes by a light sensor, and a sensor of its own in it.
    private static func node() -> TestNode {
        var zone = stairs
        zone.onlyWhenDark = DarkLimit(sensor: "landing/window", lux: 10)
        var description = NodeDescription(
            site: home, node: "stair-01", bars: [.init(name: "bar", channels: "white")],
            sensors: [.init(name: "bottom", driver: "simulated")], version: "1.0", bootId: "boot-1", started: at(0))
        description.lights = ["sky"]
        var node = TestNode()
        node.core = NodeCore(description)
        node.connect(at: at(0))
        node.hear(.siteConfiguration, SiteMessage(revision: 1, zones: ["stairs"], timeZone: nil), at: at(0))
        node.hear(.zoneConfiguration(zone: "stairs"), ZoneMessage(zone, revision: 1), at: at(0))
        node.settle(at: at(0.1))
        return node
    }

    /// The topics on which a node refuses what is no message, so reads what is one.
    private static let heard = Set(
        TopicKind.allCases.filter { kind in
            var node = node()
            return node.hear(kind.example, text: "{", at: at(2)).warnings.contains { $0.hasPrefix("refused ") }
        })

    /// The kinds of topic that the texts of a file name, below the site or whole.
    private static func kinds(namedIn path: String) throws -> Set<TopicKind> {
        Set(
            try Repository.literals(path)
                .compactMap { Topic(name: $0, site: home) ?? Topic(name: "footlight/home/\($0)", site: home) }
                .map(TopicKind.init))
    }

    private static func rows() throws -> [(row: TopicRow, kind: TopicKind)] {
        try TopicRow.all().compactMap { row in
            Topic(name: "footlight/home/\(row.name)", site: home).map { (row, TopicKind($0)) }
        }
    }

    @Test func `a node hears what the tests below go by`() {
        #expect(
            Self.heard == [
                .siteConfiguration, .zoneConfiguration, .nodeConfiguration, .status, .sensor, .delivery, .light, .set,
                .override, .action,
            ])
    }

    @Test func `every topic is in the table of docs/protocol.md, once`() throws {
        let kinds = try Self.rows().map(\.kind)
        #expect(kinds.sorted { $0.rawValue < $1.rawValue } == TopicKind.allCases.sorted { $0.rawValue < $1.rawValue })
        let others = try TopicRow.all().map(\.name).filter { Topic(name: "footlight/home/\($0)", site: home) == nil }
        let clock = others.filter { ClockTopic(name: "footlight/home/\($0)", site: home) != nil }
        #expect(clock.count == 3 && others.allSatisfy { clock.contains($0) || $0.hasPrefix("fleet/") }, "\(others)")
    }

    @Test func `what a node publishes is retained, and of the QoS, as the table says`() throws {
        var node = Self.node()
        var actions = node.connect(2, at: at(1)) + node.settle(at: at(1.1))
        actions += node.core.handle(.light(sensor: "sky", lux: 3, fault: nil), at: at(3))
        actions += node.motion(true, at: at(4))
        _ = node.lights(at: at(5))
        for second in 5...20 {
            let moved = at(Double(second))
            let register = SensorRegister(
                start: moved, origin: "landing/top", firstMotion: moved, lead: .zero, lastEdge: moved,
                lastMotion: moved, motion: true)
            let message = SensorMessage(
                motion: true, lastEdge: moved, lastMotion: moved, failed: nil, registers: ["stairs": register])
            actions += node.hear(
                .sensor(node: "landing", sensor: "top"), bytes: message.bytes, at: moved + .milliseconds(3))
        }
        actions += node.hear(.action(node: "stair-01"), ActionMessage(action: "none", id: "a"), at: at(21))
        actions += node.hear(.set(zone: "stairs"), text: "dim", at: at(22))
        actions += node.hear(.set(zone: "stairs"), text: "on", at: at(23)) + node.tick(at: at(25))
        let places = PlacesMessage(revision: 3, bars: ["bar": "stair-01"], sensors: [:])
        actions += node.hear(.nodeConfiguration(node: "stair-01"), places, at: at(26))
        // To a broker that has lost what it kept, a node says anew what others have written, too.
        actions += node.connect(3, at: at(40)) + node.settle(at: at(40.1))
        let said = actions.publications + [node.core.health(at: at(50), checks: [])]

        let rows = try Self.rows()
        var published: Set<TopicKind> = []
        for publication in said {
            let kind = TopicKind(try #require(Topic(name: publication.topic, site: home), "\(publication.topic)"))
            published.insert(kind)
            let row = try #require(rows.first { $0.kind == kind }?.row)
            #expect(publication.retain == row.isRetained && publication.qos == row.qos, "\(publication), \(row)")
        }
        let written = Set(
            rows.filter { $0.row.writer.contains("node") || $0.row.writer.contains("keeper") }.map(\.kind))
        // Records are the agent's: Telemetry.
        #expect(written.subtracting(published) == [.records])
        #expect(published.subtracting(written) == [.siteConfiguration, .zoneConfiguration, .nodeConfiguration])
    }

    @Test func `every topic that a node hears is among the messages that its fuzz begins with`() {
        #expect(Self.heard.subtracting(Fuzz.messages.map { TopicKind($0.topic) }) == [])
    }

    @Test func `every topic that a node hears is one of the fuzz reader's`() throws {
        #expect(try Self.heard.subtracting(Self.kinds(namedIn: "Tests/Fuzz/Readers/Node.swift")) == [])
    }

    @Test func `every payload has a reader in the fuzz`() throws {
        let readers =
            try Repository.text("Tests/Fuzz/Readers/Messages.swift")
            + Repository.text("Tests/Fuzz/Readers/Records.swift")
        for kind in TopicKind.allCases { #expect(readers.contains(kind.reader), "\(kind): \(kind.reader)") }
    }

    @Test func `every topic that a node hears gets a wrongly typed message in HostileTests`() throws {
        let wrong = try Self.kinds(namedIn: "Tests/EndToEnd/HostileTests.swift")
        // None of its zones has a light sensor.
        #expect(Self.heard.subtracting(wrong) == [.light])
    }

    @Test func `every topic gets messages that nest too deep in DeepMessageTests`() throws {
        let text = try Repository.text("Tests/EndToEnd/DeepMessageTests.swift")
        for kind in TopicKind.allCases {
            #expect([".\(kind)(", ".\(kind),"].contains { text.contains($0) }, "no .\(kind)")
        }
    }

    @Test func `every topic that a node hears has a message of a later contract`() throws {
        let text = try Repository.text("Tests/MeshTests/LaterContractTests.swift")
        // These have figures alone, and nothing that a later contract may say in other words.
        for kind in Self.heard.subtracting([.delivery, .light]) {
            #expect([".\(kind)(", ".\(kind),"].contains { text.contains($0) }, "no .\(kind)")
        }
    }
}

extension TopicKind {
    /// What reads the payload in a fuzz reader.
    fileprivate var reader: String {
        switch self {
        case .status: "NodeStatus.self"
        case .health: "HealthMessage.self"
        case .delivery: "DeliveryMessage.self"
        case .sensor: "SensorMessage.self"
        case .light: "LightMessage.self"
        case .bar: "BarMessage.self"
        case .action: "ActionMessage.self"
        case .result, .zoneResult: "ResultMessage.self"
        case .siteConfiguration: "SiteMessage.self"
        case .zoneConfiguration: "ZoneMessage.self"
        case .nodeConfiguration: "PlacesMessage.self"
        case .set: "ZoneCommand(payload:"
        case .override: "OverrideMessage.self"
        case .state: "ZoneReport.self"
        case .records: "node/stair-01/records"
        case .recorded: "node/stair-01/recorded"
        case .collector: "fleet/collector"
        }
    }
}
