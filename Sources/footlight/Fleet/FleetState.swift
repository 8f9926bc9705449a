internal import Fleet
internal import Lighting
internal import MQTT
internal import Mesh

/// What is known of a fleet: what nodes say of themselves, and what a fleet agent says of them.
struct FleetState: Sendable {
    /// A node's report on itself, and when it came.
    struct Report: Sendable {
        var message: HealthMessage
        var at: MeshInstant
    }

    /// What a fleet agent says of itself, and when it last did; nil: only the broker has told of it.
    struct Agent: Sendable {
        var claim: AgentClaim
        var heard: MeshInstant?
    }

    /// The site's name.
    let site: String
    private(set) var presence = Presence()
    private(set) var places = Places()
    /// The zones as their configuration has them, with places.
    private(set) var zones: [String: Zone] = [:]
    private(set) var reports: [String: Report] = [:]
    private(set) var agents: [String: Agent] = [:]
    /// The fleet agent's records of nodes and of groups.
    private(set) var nodes: [String: NodeMessage] = [:]
    private(set) var groups: [String: GroupMessage] = [:]
    /// Retained messages that can't be read, by topic, and why not.
    private(set) var faults: [String: String] = [:]
    /// What was left out of messages, by topic, since only later versions know it.
    private(set) var leftOut: [String: String] = [:]

    /// Which contracts the fleet agents that are there speak, where it isn't one; nil: it is.
    var mixedContracts: String? {
        Version.mixed("fleet agents", agents.filter(\.value.claim.online).mapValues(\.claim.contract))
    }

    init(site: String) { self.site = site }

    /// What it is made of.
    static func filters(site: String) -> [String] {
        let mesh: [Topic] = [
            .status(node: "+"), .health(node: "+"), .zoneConfiguration(zone: "+"), .nodeConfiguration(node: "+"),
        ]
        let fleet: [FleetTopic] = [.node("+"), .group(zone: "+"), .agent("+")]
        return mesh.map { $0.name(site: site) } + fleet.map { $0.name(site: site) }
    }

    /// Takes up a message that came at `now`; of one that can't be read it is noted why.
    mutating func take(_ message: ReceivedMessage, at now: MeshInstant) {
        faults[message.topic] = nil
        leftOut[message.topic] = nil
        do throws(MessageError) {
            if let topic = FleetTopic(name: message.topic, site: site) {
                try take(topic, message, at: now)
            } else if let topic = Topic(name: message.topic, site: site) {
                try take(topic, message.payload, at: now)
            }
        } catch {
            faults[message.topic] = error.written(by: JSON.contract(in: message.payload)).description
        }
    }

    private mutating func take(
        _ topic: FleetTopic, _ message: ReceivedMessage, at now: MeshInstant
    ) throws(MessageError) {
        if [.activity, .command, .result].contains(topic) { return }
        switch try FleetMessage(topic, message.payload, remark: &leftOut[message.topic]) {
        case .agent(let id, let claim):
            agents[id] = claim.map { Agent(claim: $0, heard: message.retained ? agents[id]?.heard : now) }
        case .node(let node, let record): nodes[node] = record
        case .group(let zone, let record): groups[zone] = record
        case .activity, .command, .result: break
        }
    }

    private mutating func take(_ topic: Topic, _ payload: [UInt8], at now: MeshInstant) throws(MessageError) {
        switch try MeshMessage(topic, payload) {
        case .status(let node, let status):
            // What a node said before it started anew is no report of it as it is.
            if status?.bootId != presence[node]?.bootId, presence[node] != nil { reports[node] = nil }
            presence.update(status, of: node)
        case .health(let node, let message):
            reports[node] = message.map { Report(message: $0, at: now) }
        case .zoneConfiguration(let zone, let message): zones[zone] = message?.zone
        case .nodeConfiguration(let node, let message): places.update(message, of: node)
        default: break
        }
    }

    /// The fleet agent that says that it leads; nil: none does.
    var leader: (id: String, agent: Agent)? {
        agents.filter { $0.value.claim.online && $0.value.claim.leads }
            .max { ($0.value.claim.term, $1.key) < ($1.value.claim.term, $0.key) }
            .map { (id: $0.key, agent: $0.value) }
    }

    /// The zones' nodes, and the places that no node fills, by zone.
    func members() -> [String: (nodes: [String], vacant: [String])] {
        zones.mapValues { zone in
            let filled = places.filled(zone)
            let named = (filled.bars + filled.sensors.keys.sorted()).map { Name.place($0)?.node ?? $0 }
            var known: Set<String> = []
            let unique = named.filter { known.insert($0).inserted }
            return (unique.filter { Name.isValid($0) }, unique.filter { !Name.isValid($0) })
        }
    }
}
