public import Lighting
public import Mesh

/// A fleet as its agent sees it at an instant: what whoever watches may look at. It changes nothing.
public struct FleetView: Sendable, Hashable {
    /// A node, and what it last said of itself.
    public struct Node: Sendable, Hashable {
        /// What the fleet says of it.
        public var message: NodeMessage
        /// What it says of itself; nil: nothing yet.
        public var status: NodeStatus?
        /// The checks of its last health report.
        public var checks: [HealthMessage.Check]
        /// What is worth knowing by that report, though it doesn't count.
        public var notes: [CheckFault]
        /// When that report came; nil: none did since the node's agent started.
        public var reportAt: MeshInstant?
        /// When it last said anything.
        public var lastHeard: MeshInstant?
        /// Whether it sleeps by its groups' schedules.
        public var isAsleep: Bool
    }

    /// The instant.
    public var at: MeshInstant
    /// The site's name.
    public var site: String
    /// The agent's own name.
    public var id: String
    /// The agent's version.
    public var version: String
    /// Whether it has a broker.
    public var isConnected: Bool
    /// Whether it leads, and may act on it.
    public var isLeading: Bool
    /// The name of the agent that leads, this one or another; nil: none does.
    public var leader: String?
    /// The highest term that it has heard of.
    public var term: Int64
    /// What is the matter with its own view; nil: nothing.
    public var problem: String?
    /// What somebody should see to; nil: nothing.
    public var remark: String?
    /// How long its last sign of life took to come back through the broker.
    public var echoDelay: Duration
    /// By how much timeouts are stretched: 1 (not at all) … 9.
    public var stretch: Int
    /// What the other fleet agents say of themselves, by their names.
    public var others: [String: AgentClaim]
    /// The groups, by their zones' names.
    public var groups: [String: GroupMessage]
    /// The nodes that have a place or are spares, by their names.
    public var nodes: [String: Node]
    /// How sending records goes; nil: it sends none.
    public var uplink: UplinkState?
}

extension FleetCore {
    /// The fleet as it is seen at `now`.
    public func view(at now: MeshInstant) -> FleetView {
        var known: [String: FleetView.Node] = [:]
        for (name, record) in nodes where !record.zones.isEmpty || record.message.isSpare {
            var message = record.message
            message.groups = record.zones
            known[name] = FleetView.Node(
                message: message, status: presence[name], checks: record.checks, notes: record.notes,
                reportAt: record.reportAt,
                lastHeard: record.lastHeard, isAsleep: isAsleep(name))
        }
        return FleetView(
            at: now, site: description.site, id: description.id, version: description.version,
            isConnected: view.isConnected, isLeading: isLeading(at: now), leader: election.leader(at: now),
            term: election.highestTerm, problem: problem(at: now), remark: remark(at: now),
            echoDelay: view.lastEchoDelay,
            stretch: view.stretch, others: election.others.mapValues(\.claim),
            groups: groups.mapValues { group in
                // Who follows tells what the leader wrote: it knows what holds back, and since when.
                guard election.state == .leader || group.message.stamp == .none else { return group.message }
                var group = group
                summarise(&group, at: now)
                return group.message
            },
            nodes: known, uplink: uplink)
    }
}
