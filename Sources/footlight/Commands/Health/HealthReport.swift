internal import Fleet
internal import Lighting
internal import Mesh

/// Whether a site's nodes do their work: by a fleet agent's word, or where none leads by their own.
struct HealthReport: Encodable {
    /// A zone as a group of nodes.
    struct Group: Encodable {
        let zone: String
        let desiredCapacity: Int
        let inService: Int
        let healthy: Int
        /// How many are out of service by an operator's wish.
        let standby: Int
        let sleeping: Bool
        /// What holds replacement or refresh back.
        let holding: String?
        /// What a person must see to.
        let attention: String?
        let suspendedProcesses: [SuspendableProcess]
        /// An instance refresh that goes on: `InProgress, 41 %`
        let refresh: String?

        /// Whether all of it is as it should be.
        let isFine: Bool

        private enum CodingKeys: CodingKey {
            case zone, desiredCapacity, inService, healthy, standby, sleeping, holding, attention, suspendedProcesses,
                refresh
        }
    }

    /// How a fleet agent gets on with sending records to the backend.
    struct Telemetry: Encodable {
        let agent: String
        /// How many records wait, and their bytes of those that may.
        let records: Int
        let bytes: Int
        let limitBytes: Int
        /// How old the oldest is; nil: none waits.
        let oldestAgeSeconds: Double?
        /// How long ago the backend last took some; nil: not since the agent's start.
        let lastSuccessAgeSeconds: Double?
        let error: String?
    }

    let site: String
    /// Whether all nodes that have a place are Healthy, or are out of service by somebody's wish, and nothing is held
    /// back or waits for a person.
    let healthy: Bool
    /// The fleet agent that leads; nil: none does, and nodes are judged by their own reports.
    let fleetAgent: String?
    /// What is the matter with the fleet agent's view, or why there is none.
    let fleetAgentProblem: String?
    let groups: [Group]
    let nodes: [HealthRow]
    /// What leaves the site, by fleet agents; empty: nothing does.
    let telemetry: [Telemetry]
    /// What is the matter with the brokers, messages that can't be read, versions that don't fit each other, and remarks of
    /// fleet agents, a sentence each.
    let problems: [String]

    /// The report on `zone`, or on all, at `now`; `asked`: since when nodes are expected to report; `brokers`: what is the
    /// matter with these, which is never healthy.
    init(
        _ state: FleetState, zone only: String? = nil, brokers: [String] = [], asked: MeshInstant, at now: MeshInstant
    ) {
        site = state.site
        let (leader, absence) = HealthReport.leader(in: state, asked: asked, at: now)
        fleetAgent = leader
        fleetAgentProblem = leader.flatMap { state.agents[$0]?.claim.problem } ?? absence
        let members = state.members()
        var zonesOf: [String: [String]] = [:]
        for (zone, members) in members { for node in members.nodes { zonesOf[node, default: []].append(zone) } }
        var known = Set(state.presence.all.keys).union(zonesOf.keys)
        if leader != nil { known.formUnion(state.nodes.filter { $0.value.isSpare }.keys) }
        let rows = known.sorted().map { node in
            HealthRow(
                node, in: state, zones: zonesOf[node]?.sorted() ?? [], isLed: leader != nil, asked: asked, at: now)
        }
        nodes = rows.filter { row in only.map(row.zones.contains) ?? true }
        groups = members.keys.sorted().filter { only == nil || $0 == only }.map { zone in
            HealthReport.group(zone, members[zone] ?? ([], []), rows, leader == nil ? nil : state.groups[zone])
        }
        telemetry = state.agents.sorted { $0.key < $1.key }.compactMap { id, agent in
            guard agent.claim.online, let state = agent.claim.telemetry else { return nil }
            func age(_ instant: Int64) -> Double { max(0, (now - MeshInstant(nanoseconds: instant)).seconds) }
            return Telemetry(
                agent: id, records: state.records, bytes: state.bytes, limitBytes: state.limitBytes,
                oldestAgeSeconds: state.records == 0 ? nil : state.oldest.map(age),
                lastSuccessAgeSeconds: state.lastSuccess.map(age), error: state.error)
        }
        problems =
            brokers
            + state.faults.sorted { $0.key < $1.key }.map { "\($0.key) can't be read: \($0.value)" }
            + state.leftOut.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            + [state.presence.mixedContracts, state.mixedContracts].compactMap { $0 }
            + state.agents.sorted { $0.key < $1.key }.compactMap { id, agent in
                agent.claim.online ? agent.claim.remark.map { "fleet agent \(id): \($0)" } : nil
            }
        // Where no site was applied nobody has a place, and all count.
        let counted = nodes.filter { !$0.zones.isEmpty || $0.isSpare && $0.counts || members.isEmpty }
        let isSeen = leader == nil || fleetAgentProblem == nil
        healthy = brokers.isEmpty && isSeen && groups.allSatisfy(\.isFine) && counted.allSatisfy(\.isFine)
    }

    /// Who leads, and where nobody does who gives a sign of life, why that is worth knowing.
    private static func leader(
        in state: FleetState, asked: MeshInstant, at now: MeshInstant
    ) -> (id: String?, absence: String?) {
        guard let (id, agent) = state.leader else {
            return (nil, state.agents.isEmpty ? nil : "no fleet agent leads")
        }
        let heard = agent.heard ?? asked
        guard now - heard > HealthRow.missedReports || agent.heard == nil && now - asked > .seconds(4) else {
            return (id, nil)
        }
        return (nil, "the fleet agent \(id) is said to lead, and gives no sign of life")
    }

    private static func group(
        _ zone: String, _ members: (nodes: [String], vacant: [String]), _ rows: [HealthRow], _ record: GroupMessage?
    ) -> Group {
        if let record {
            let refresh = record.refresh.flatMap { $0.isOpen ? $0 : nil }
            return Group(
                zone: zone, desiredCapacity: record.desiredCapacity, inService: record.inService,
                healthy: record.healthy, standby: record.standbyCount, sleeping: record.sleeping,
                holding: record.holding, attention: record.attention, suspendedProcesses: record.suspendedProcesses,
                refresh: refresh.map { "\($0.status.rawValue), \($0.percentageComplete) %" }, isFine: record.isFine)
        }
        let own = rows.filter { members.nodes.contains($0.node) }
        let asleep = own.count { $0.lifecycleState == HealthRow.sleeping }
        let vacant = members.vacant.prefix(5).joined(separator: ", ")
        let healthy = own.count { $0.healthStatus == .healthy && $0.lifecycleState != HealthRow.sleeping }
        let isAsleep = !own.isEmpty && asleep == own.count
        let desired = own.count + members.vacant.count - asleep
        return Group(
            zone: zone, desiredCapacity: desired,
            inService: own.count { $0.lifecycleState == HealthRow.online },
            healthy: healthy, standby: 0, sleeping: isAsleep, holding: nil,
            attention: vacant.isEmpty ? nil : "no node fills \(vacant)", suspendedProcesses: [], refresh: nil,
            isFine: vacant.isEmpty && (isAsleep || healthy >= desired))
    }
}
