internal import Fleet
internal import Lighting
internal import Mesh

/// Very many nodes on one fleet agent, in virtual time: a broker that brings back all it is told, nodes that answer each
/// probe with a report as long as a real one's.
public struct FleetLoad: Sendable {
    private static let site = "home"
    /// How many bars a zone has.
    private static let zoneSize = 100

    private var core: FleetCore
    private let names: [String]
    private var now = MeshInstant(nanoseconds: 1_800_000_000_000_000_000)
    /// What is to be heard, in order.
    private var waiting: [(topic: String, payload: [UInt8])] = []
    /// The number of messages that went either way.
    public private(set) var messageCount = 0

    /// A fleet of `count` nodes, all of them online, whose agent leads.
    public init(count: Int) {
        names = (0..<count).map { "node-\($0)" }
        let description = FleetDescription(
            site: FleetLoad.site, id: "a", bootId: "1", started: now, version: "1", priority: 50, policy: FleetPolicy())
        core = FleetCore(description, at: now)
        handle(.connected)
        var zones: [String: [String]] = [:]
        for (index, name) in names.enumerated() {
            zones["zone-\(index / FleetLoad.zoneSize)", default: []].append(name)
        }
        hear(.siteConfiguration, SiteMessage(revision: 1, zones: zones.keys.sorted(), timeZone: nil))
        for (zone, bars) in zones {
            hear(.zoneConfiguration(zone: zone), ZoneMessage(Zone(bars: bars, sensors: [:]), revision: 1))
        }
        for name in names {
            hear(
                .status(node: name),
                NodeStatus(
                    state: .online, bootId: "1", started: now.nanoseconds, connection: 1, version: "1",
                    bars: [.init(name: "bar", channels: "white")], sensors: [], synchronised: false, priority: 0))
        }
        drain()
        handle(.settled)
        drain()
    }

    /// Lives on for a time.
    public mutating func run(for time: Duration) {
        let end = now + time
        while let due = core.nextDue(after: now), due <= end {
            now = max(due, now + .nanoseconds(1))
            handle(.tick)
            drain()
        }
        now = end
    }

    /// The number of the nodes that count as Healthy.
    public var healthyCount: Int { core.view(at: now).nodes.values.count { $0.message.healthStatus == .healthy } }

    private mutating func hear(_ topic: Topic, _ message: some Encodable) {
        waiting.append((topic.name(site: FleetLoad.site), JSON.encode(message)))
    }

    private mutating func drain() {
        while !waiting.isEmpty {
            let messages = waiting
            waiting = []
            for message in messages {
                messageCount += 1
                handle(.message(topic: message.topic, payload: message.payload))
            }
        }
    }

    private mutating func handle(_ event: FleetEvent) {
        for action in core.handle(event, at: now) {
            switch action {
            case .publish(let publication): take(publication)
            case .loadTimeZone(let name): handle(.civilClock(timeZone: name, .utc))
            case .log, .remember, .giveWay, .lookElsewhere: break
            }
        }
    }

    private mutating func take(_ publication: FleetAction.Publication) {
        messageCount += 1
        if case .action(let node) = Topic(name: publication.topic, site: FleetLoad.site),
            let action = try? JSON.decode(ActionMessage.self, from: publication.payload)
        {
            hear(.health(node: node), FleetLoad.report(at: now))
            hear(.result(node: node), ResultMessage(id: action.id, done: true, figures: ["frameMilliseconds": 0.1]))
        } else {
            waiting.append((publication.topic, publication.payload))
        }
    }

    /// A report of as many checks as a node with one bar and one sensor makes.
    private static func report(at now: MeshInstant) -> HealthMessage {
        let checks: [HealthCheck] = [
            .frames, .lateFrames, .worstFrame, .memory, .clock, .systemClock, .clockDrift, .clockErrorBound,
            .clockLowestDelay, .realTimePriority, .disk, .temperature, .brokerRoundTrip, .messages, .configuration,
            .delivery, .sensor, .bar,
        ]
        return HealthMessage(
            at: now.nanoseconds, uptimeSeconds: 1,
            checks: checks.map { .init($0, of: $0.isOfPart ? "bar" : "", healthy: true, value: 10) })
    }
}
