internal import Fleet

/// What the fleet agent that leads, or led last, has written.
struct FleetRecords: Encodable {
    let site: String
    /// The fleet agent that leads; nil: none does at present.
    let leader: String?
    let agents: [String: AgentClaim]
    let groups: [String: GroupMessage]
    let nodes: [String: NodeMessage]

    /// The records of `zone`, or of all.
    ///
    /// - Throws: ``Failure``: no such zone, or no fleet agent has ever looked after it.
    init(_ session: SiteSession, zone only: String?) async throws {
        let state = try await session.fleetState()
        if let only { try session.check(zone: only, among: Array(state.zones.keys)) }
        site = session.site
        leader = state.leader?.id
        agents = state.agents.mapValues(\.claim)
        groups = state.groups.filter { only == nil || $0.key == only }
        nodes = state.nodes.filter { node in only.map(node.value.groups.contains) ?? true }
        guard !groups.isEmpty else {
            throw Failure(
                .unavailable,
                "no fleet agent has written anything of \(only.map { "zone \($0)" } ?? "site \(site)"); start "
                    + "footlight-fleet (docs/fleet.md); `footlight health` does without")
        }
        if leader == nil {
            StandardError.warn("no fleet agent leads at present; this is what the last one wrote")
        }
    }

    /// The groups, by name.
    var sortedGroups: [(zone: String, group: GroupMessage)] {
        groups.sorted { $0.key < $1.key }.map { (zone: $0.key, group: $0.value) }
    }
}
