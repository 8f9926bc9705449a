import Lighting
import Mesh
import Testing

@testable import Fleet

/// An instant `seconds` after a round one.
func at(_ seconds: Double) -> MeshInstant {
    MeshInstant(nanoseconds: 1_800_000_000_000_000_000 + Int64((seconds * 1e9).rounded()))
}

/// The site of all tests.
let home = "home"

/// A fleet agent's core, driven by hand: a broker that brings its own messages back at once, nodes that answer.
struct TestFleet {
    /// A node, as far as a fleet agent sees it.
    struct Node {
        var boot = 1
        var version = "1"
        var answers = true
        /// Whether it reports before it answers.
        var reports = true
        var fault: String?
        var bars = ["bar"]
        var sensors: [String] = []
        /// Its clock less the agent's.
        var clock = Duration.zero
        /// Checks that it reports besides.
        var checks: [HealthMessage.Check] = []
        var configuration: PlacesMessage?
        /// What it says that it has programs for.
        var commands: [String]? = ["reboot", "update"]
        /// The boot id of another agent of its name.
        var conflict: String?
    }

    /// How a message is published.
    struct Manner: Hashable {
        var isRetained: Bool
        var qos: Int
    }

    var core: FleetCore
    var now = at(0)
    var nodes: [String: Node] = [:]
    /// Whether its own messages come back.
    var echoes = true
    /// Whether the records of groups come back.
    var echoesGroups = true
    /// What was published, below the site, with when; probes and signs of life aside.
    var published: [(at: MeshInstant, topic: String, payload: [UInt8])] = []
    /// How messages were published on each topic, below the site.
    var manners: [String: Set<Manner>] = [:]
    var lines: [String] = []
    /// The nodes that were to be looked for at other brokers, each time.
    var looks: [[String]] = []
    /// Where nodes answer at other brokers; nil: a look never ends.
    var beyond: [String: String]? = [:]
    /// The actions that nodes have done, while a refresh is followed.
    var done: Set<String> = []
    var retained: [String: [UInt8]] = [:]

    /// An agent that leads a fleet whose nodes are all Healthy and beyond their grace periods. `sensors`: those of each zone;
    /// `hardware`: nodes with others than a bar named bar.
    init(
        zones: [String: [String]], sensors: [String: [String]] = [:], spares: [String] = [],
        hardware: [String: Node] = [:], id: String = "a", hasOtherBrokers: Bool = false,
        policy configure: (inout FleetPolicy) -> Void = { _ in }
    ) {
        var policy = FleetPolicy()
        for spare in spares { policy.spares[spare] = .some(nil) }
        configure(&policy)
        core = FleetCore(
            FleetDescription(
                site: home, id: id, bootId: "\(id)-1", started: now, version: "1", priority: 50, policy: policy,
                hasOtherBrokers: hasOtherBrokers),
            at: now)
        for node in zones.values.joined() + spares { nodes[node] = Node() }
        nodes.merge(hardware) { $1 }
        handle(.connected)
        hear(.siteConfiguration, SiteMessage(revision: 1, zones: zones.keys.sorted(), timeZone: nil))
        for (zone, bars) in zones {
            hear(.zoneConfiguration(zone: zone), ZoneMessage(zoneOf(bars, sensors[zone]), revision: 1))
        }
        for node in nodes.keys.sorted() { hear(.status(node: node), status(node)) }
        handle(.settled)
        run(until: at(100))
        published = []
        lines = []
    }

    private func zoneOf(_ bars: [String], _ sensors: [String]?) -> Zone {
        Zone(bars: bars, sensors: Dictionary(uniqueKeysWithValues: (sensors ?? []).map { ($0, .first) }))
    }

    func status(_ node: String, _ state: NodeStatus.State = .online, connection: Int = 1) -> NodeStatus {
        let boot = nodes[node]?.boot ?? 0
        return NodeStatus(
            state: state, bootId: "boot-\(boot)", started: at(Double(boot)).nanoseconds, connection: connection,
            version: nodes[node]?.version ?? "",
            bars: (nodes[node]?.bars ?? []).map { .init(name: $0, channels: "white") },
            sensors: (nodes[node]?.sensors ?? []).map { .init(name: $0, driver: "gpio") }, synchronised: false,
            priority: 0, conflict: nodes[node]?.conflict, commands: nodes[node]?.commands)
    }

    mutating func hear(_ topic: Topic, _ message: some Encodable) {
        handle(.message(topic: topic.name(site: home), payload: JSON.encode(message)))
    }

    mutating func hear(_ topic: FleetTopic, _ message: some Encodable) {
        handle(.message(topic: topic.name(site: home), payload: JSON.encode(message)))
    }

    mutating func command(_ command: FleetCommand) -> ResultMessage? {
        published = []
        hear(.command, command)
        return last("fleet/result")
    }

    /// The node starts anew, with another boot id.
    mutating func reboot(_ node: String, version: String? = nil) {
        nodes[node]?.boot += 1
        if let version { nodes[node]?.version = version }
        hear(.status(node: node), status(node))
    }

    mutating func handle(_ event: FleetEvent) {
        let actions = core.handle(event, at: now)
        if let fault = core.checkInvariants(at: now) { Issue.record("\(event): \(fault)") }
        for action in actions {
            switch action {
            case .publish(let publication): take(publication)
            case .log(_, let line): lines.append(line)
            case .loadTimeZone(nil): handle(.civilClock(timeZone: nil, .utc))
            case .lookElsewhere(let nodes):
                looks.append(nodes)
                if let found = beyond { handle(.looked(for: nodes, found: found.filter { nodes.contains($0.key) })) }
            case .loadTimeZone, .remember, .giveWay: break
            }
        }
    }

    private mutating func take(_ publication: FleetAction.Publication) {
        let topic = String(publication.topic.dropFirst("footlight/\(home)/".count))
        manners[topic, default: []].insert(Manner(isRetained: publication.retain, qos: publication.qos))
        if publication.retain { retained[topic] = publication.payload }
        let isBeat = topic.hasPrefix("fleet/agent/")
        let action =
            topic.hasSuffix("/action") ? try? JSON.decode(ActionMessage.self, from: publication.payload) : nil
        if !isBeat, action?.action != "probe" { published.append((now, topic, publication.payload)) }
        let isOwn = isBeat || topic.hasPrefix("fleet/") || topic.hasPrefix("config/")
        if isOwn, echoes, echoesGroups || !topic.hasPrefix("fleet/group") {
            handle(.message(topic: publication.topic, payload: publication.payload))
        }
        if case .nodeConfiguration(let node) = Topic(name: publication.topic, site: home) {
            nodes[node]?.configuration = try? JSON.decode(PlacesMessage.self, from: publication.payload)
        }
        if let action, action.action == "probe", case .action(let node) = Topic(name: publication.topic, site: home) {
            answer(action, by: node)
        }
    }

    private mutating func answer(_ action: ActionMessage, by name: String) {
        guard let node = nodes[name], node.answers else { return }
        var checks = [
            HealthMessage.Check(.bar, of: "bar", healthy: node.fault == nil, value: 1, detail: node.fault)
        ]
        checks += node.checks
        if let configuration = node.configuration {
            checks.append(
                .init(.configuration, healthy: true, value: 0, detail: "\(configuration.revision)"))
        }
        if node.reports {
            hear(
                .health(node: name), HealthMessage(at: (now + node.clock).nanoseconds, uptimeSeconds: 1, checks: checks)
            )
        }
        hear(.result(node: name), ResultMessage(id: action.id, done: true))
    }

    /// Lives on until an instant, or until something was published that fits.
    mutating func run(until end: MeshInstant, or isEnough: (TestFleet) -> Bool = { _ in false }) {
        while let due = core.nextDue(after: now), due <= end, !isEnough(self) {
            now = max(due, now + .nanoseconds(1))
            handle(.tick)
        }
        if !isEnough(self) { now = end }
    }

    mutating func run(seconds: Double, or isEnough: (TestFleet) -> Bool = { _ in false }) {
        run(until: now + .nanoseconds(Int64(seconds * 1e9)), or: isEnough)
    }

    // MARK: - What came of it

    func last<Message: Decodable>(_ topic: String, as type: Message.Type = Message.self) -> Message? {
        published.last { $0.topic == topic }.flatMap { try? JSON.decode(type, from: $0.payload) }
    }

    /// The actions sent to a node.
    func actions(for node: String) -> [ActionMessage] {
        published.filter { $0.topic == "node/\(node)/action" }
            .compactMap { try? JSON.decode(ActionMessage.self, from: $0.payload) }
    }

    func health(of node: String) -> HealthStatus? { core.nodes[node]?.message.healthStatus }

    func lifecycle(of node: String) -> LifecycleState? { core.nodes[node]?.message.lifecycleState }

    func group(_ zone: String) -> GroupMessage? {
        retained["fleet/group/\(zone)"].flatMap { try? JSON.decode(GroupMessage.self, from: $0) }
    }

    /// The activities of a group, each in one line.
    func activities(_ zone: String = "stairs") -> [Activity] { group(zone)?.activities ?? [] }
}

/// `stair-01` … as many as wanted.
func stairs(_ count: Int) -> [String] { (1...count).map { "stair-\($0 < 10 ? "0" : "")\($0)" } }
