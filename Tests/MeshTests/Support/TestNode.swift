import Lighting

@testable import Mesh

/// An instant `seconds` after a round one.
func at(_ seconds: Double) -> MeshInstant {
    MeshInstant(nanoseconds: 1_800_000_000_000_000_000 + Int64((seconds * 1e9).rounded()))
}

/// The site of all tests.
let home = "home"

/// A staircase of three bars with a sensor at each end.
let stairs = Zone(
    bars: ["stair-01", "stair-02", "stair-03/bar"], sensors: ["stair-01/bottom": .first, "landing/top": .last],
    look: Look(easeIn: .milliseconds(400), easeOut: .milliseconds(400), curve: .linear), wave: Wave())

/// A node's core, driven by hand.
struct TestNode {
    var core: NodeCore

    init(
        _ node: String = "stair-01", bars: [String] = ["bar"], sensors: [String] = ["bottom"],
        stuckLimit: Duration = .seconds(3600), bootId: String = "boot-1", started: MeshInstant = at(0)
    ) {
        core = NodeCore(
            NodeDescription(
                site: home, node: node, bars: bars.map { .init(name: $0, channels: "white") },
                sensors: sensors.map { .init(name: $0, driver: "simulated", stuckLimit: stuckLimit) }, version: "1.0",
                bootId: bootId, started: started))
    }

    /// A node that is connected, has heard of the zone `stairs` and animates what comes.
    static func atWork(
        _ node: String = "stair-01", bars: [String] = ["bar"], sensors: [String] = ["bottom"],
        zones: [String: Zone] = ["stairs": stairs], stuckLimit: Duration = .seconds(3600)
    ) -> TestNode {
        var result = TestNode(node, bars: bars, sensors: sensors, stuckLimit: stuckLimit)
        result.connect(at: at(0))
        result.hear(
            .siteConfiguration, SiteMessage(revision: 1, zones: zones.keys.sorted(), timeZone: nil), at: at(0))
        for (name, zone) in zones.sorted(by: { $0.key < $1.key }) {
            result.hear(.zoneConfiguration(zone: name), ZoneMessage(zone, revision: 1), at: at(0))
        }
        result.settle(at: at(0.1))
        return result
    }

    @discardableResult
    mutating func connect(_ connection: Int = 1, at now: MeshInstant) -> [NodeAction] {
        core.handle(.connected(connection: connection), at: now)
    }

    /// All that the broker keeps has come, and the time to restore what it lacks is over.
    @discardableResult
    mutating func settle(at now: MeshInstant) -> [NodeAction] {
        core.handle(.settled, at: now) + core.handle(.tick, at: now + .seconds(1))
    }

    @discardableResult
    mutating func hear(_ topic: Topic, _ message: some Encodable, at now: MeshInstant) -> [NodeAction] {
        hear(topic, bytes: JSON.encode(message), at: now)
    }

    @discardableResult
    mutating func hear(_ topic: Topic, text: String, at now: MeshInstant) -> [NodeAction] {
        hear(topic, bytes: Array(text.utf8), at: now)
    }

    @discardableResult
    mutating func hear(_ topic: Topic, bytes: [UInt8], at now: MeshInstant) -> [NodeAction] {
        core.handle(.message(topic: topic.name(site: home), payload: bytes), at: now)
    }

    /// What the broker has kept on a topic.
    @discardableResult
    mutating func hear(_ topic: Topic, retained bytes: [UInt8], at now: MeshInstant) -> [NodeAction] {
        core.handle(.message(topic: topic.name(site: home), payload: bytes, retained: true), at: now)
    }

    /// What comes of an action once what is to be remembered of it is on the disk.
    mutating func obeyed(_ action: ActionMessage, at now: MeshInstant) -> [NodeAction] {
        hear(.action(node: core.node), action, at: now)
        return core.handle(.saved, at: now)
    }

    /// What another node says of itself.
    @discardableResult
    mutating func hear(
        status state: NodeStatus.State, of node: String, started: MeshInstant = at(0), connection: Int = 1,
        synchronised: Bool = false, priority: Int = 0, at now: MeshInstant
    ) -> [NodeAction] {
        hear(
            .status(node: node),
            NodeStatus(
                state: state, bootId: "boot-\(node)", started: started.nanoseconds, connection: connection,
                version: "1.0", bars: [], sensors: [], synchronised: synchronised, priority: priority),
            at: now)
    }

    @discardableResult
    mutating func motion(_ seen: Bool, of sensor: String = "bottom", at now: MeshInstant) -> [NodeAction] {
        core.handle(.motion(sensor: sensor, seen: seen), at: now)
    }

    @discardableResult
    mutating func tick(at now: MeshInstant) -> [NodeAction] { core.handle(.tick, at: now) }

    /// What the bars show in a frame of no length, as lightness; cues that come into force meanwhile are taken up.
    mutating func lights(at now: MeshInstant) -> [Double] {
        while let change = core.bars.flatMap(\.parts).compactMap(\.nextChange).min(), change < now {
            _ = core.draw(at: change, interval: .zero)
        }
        _ = core.draw(at: now, interval: .zero)
        return core.bars.indices.map { core.light(ofBar: $0).lightness.value }
    }
}

extension [NodeAction] {
    /// The messages published on a topic, as text.
    func published(_ topic: Topic) -> [String] {
        publications.filter { $0.topic == topic.name(site: home) }.map { String(decoding: $0.payload, as: UTF8.self) }
    }

    /// The last message published on a topic.
    func last<Message: Decodable>(_ topic: Topic, as type: Message.Type = Message.self) -> Message? {
        publications.last { $0.topic == topic.name(site: home) }.flatMap { try? JSON.decode(type, from: $0.payload) }
    }

    var publications: [NodeAction.Publication] {
        compactMap { if case .publish(let publication) = $0 { publication } else { nil } }
    }

    /// What the next start is to know.
    var remembered: (topic: String, payload: [UInt8])? {
        for case .remember(let topic, let payload) in self { return (topic, payload) }
        return nil
    }

    /// Topics below the site, in order.
    var topics: [String] { publications.map { String($0.topic.dropFirst("footlight/home/".count)) } }

    var warnings: [String] {
        compactMap { if case .log(.warning, let line) = $0 { line } else { nil } }
    }

    var subscribed: [String] {
        flatMap { action -> [String] in if case .subscribe(let filters) = action { filters } else { [] } }
    }
}
