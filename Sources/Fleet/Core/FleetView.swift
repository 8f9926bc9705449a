public import Lighting
public import Mesh

/// A fleet as its agent sees it at an instant: what whoever watches may look at. It changes nothing.
public struct FleetView: Sendable, Hashable {
    /// A node, and what it last said of itself.
    public struct Node: Sendable, Hashable {
        /// The fleet's record of the node.
        public var message: NodeMessage
        /// The node's own status; nil: none has come yet.
        public var status: NodeStatus?
        /// The checks of its last health report.
        public var checks: [HealthMessage.Check]
        /// Faults in that report that are shown and don't count.
        public var notes: [CheckFault]
        /// The instant at which that report came; nil: none came since the node's agent started.
        public var reportAt: MeshInstant?
        /// The instant of the node's last message.
        public var lastHeard: MeshInstant?
        /// True while the schedules of its groups have it asleep.
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
    /// True while the agent is connected to a broker.
    public var isConnected: Bool
    /// True while the agent leads and may act.
    public var isLeading: Bool
    /// The name of the agent that leads, this one or another; nil: none does.
    public var leader: String?
    /// The highest term that it has heard of.
    public var term: Int64
    /// The reason why the agent's view of the fleet is poor; nil: it isn't.
    public var problem: String?
    /// A matter that a person should see to; nil: none.
    public var remark: String?
    /// The time that its last sign of life took through the broker and back.
    public var echoDelay: Duration
    /// The factor by which timeouts are stretched: 1 (not at all) … 9.
    public var stretch: Int
    /// The claims of the other fleet agents, by their names.
    public var others: [String: AgentClaim]
    /// The groups, by their zones' names.
    public var groups: [String: GroupMessage]
    /// The nodes that have a place or are spares, by their names.
    public var nodes: [String: Node]
    /// The state of the outbox for records; nil: the agent sends none.
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
