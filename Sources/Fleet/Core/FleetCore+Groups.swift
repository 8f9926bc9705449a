internal import Lighting
internal import Mesh

extension FleetCore {
    /// How many names a list in a group's record has at most.
    private static let longestList = 100

    /// How often decisions are looked at again while something is open.
    static let pace = Duration.seconds(1)

    /// Looks at all that is open: schedules, activities, failures, refreshes.
    mutating func evaluate(at now: MeshInstant) {
        evaluateDue = nil
        if let due = scheduleDue, due <= now { followSchedules(at: now) }
        for zone in groups.keys.sorted() {
            for activity in groups[zone]?.message.activities ?? [] where activity.isOpen {
                advance(activity.id, in: zone, at: now)
            }
        }
        var holds: [String: String] = [:]
        let order = unhealthy.sorted {
            (nodes[$0]?.message.since ?? 0, $0) < (nodes[$1]?.message.since ?? 0, $1)
        }
        for node in order {
            guard let reason = considerReplacement(of: node, at: now) else { continue }
            for zone in nodes[node]?.zones ?? [] where holds[zone] == nil { holds[zone] = "\(node): \(reason)" }
        }
        fillVacancies(at: now)
        giveBack(at: now)
        for zone in groups.keys.sorted() where groups[zone]?.message.refresh?.isOpen == true {
            if let reason = advanceRefresh(of: zone, at: now), holds[zone] == nil { holds[zone] = "refresh: \(reason)" }
        }
        for zone in groups.keys { hold(zone, holds[zone], at: now) }
        lookElsewhere(at: now)
        for (node, record) in nodes where record.message.lifecycleState == .enteringStandby {
            enterStandby(node, at: now)
        }
        let isBusy =
            !unhealthy.isEmpty || !deferred.isEmpty
            || groups.values.contains { group in
                group.wokeAt != nil || group.hold != nil || group.message.refresh?.isOpen == true
                    || group.message.activities.contains(where: \.isOpen)
            }
        let due = [evaluateDue, isBusy ? now + FleetCore.pace : nil, scheduleDue].compactMap { $0 }.min()
        evaluateDue = due.map { max($0, now + .milliseconds(100)) }
    }

    /// Shows, or ceases to show, what holds a group back; after a while a person is asked for.
    private mutating func hold(_ zone: String, _ reason: String?, at now: MeshInstant) {
        guard let group = groups[zone] else { return }
        if let reason {
            let since = group.hold?.since ?? now
            if group.hold == nil { log(.warning, "\(zone): holding back: \(reason)") }
            groups[zone]?.hold = (reason, since)
            dirtyGroups.insert(zone)
        } else if group.hold != nil, now >= group.inheritsUntil {
            log(.info, "\(zone): no longer holding back")
            groups[zone]?.hold = nil
            dirtyGroups.insert(zone)
        }
        if let woke = group.wokeAt { watchWaking(of: zone, since: woke, at: now) }
    }

    /// Brings a group's record in line with its nodes.
    func summarise(_ group: inout GroupRecord, at now: MeshInstant) {
        var message = group.message
        let size = group.members.count + group.vacant.count
        message.maxSize = message.sleeping ? 0 : size
        message.minSize = message.sleeping ? 0 : size - Int(Double(size) * policy.replacement.maximumShare)
        message.desiredCapacity = message.sleeping ? 0 : size
        let states = group.members.map { ($0, nodes[$0]?.message ?? NodeMessage()) }
        let inService = states.filter { $0.1.lifecycleState == .inService && !isAsleep($0.0) }
        message.inService = inService.count
        message.healthy = inService.count { $0.1.healthStatus == .healthy }
        func names(_ isWanted: (NodeMessage) -> Bool) -> ([String], Int) {
            let names = states.filter { isWanted($0.1) }.map(\.0)
            return (Array(names.prefix(FleetCore.longestList)), names.count)
        }
        (message.unhealthy, message.unhealthyCount) =
            message.sleeping ? ([], 0) : names { $0.healthStatus == .unhealthy }
        (message.pending, message.pendingCount) = names { $0.lifecycleState == .pending }
        (message.standby, message.standbyCount) = names {
            $0.lifecycleState == .standby || $0.lifecycleState == .enteringStandby
        }
        (message.vacant, message.vacantCount) = (
            Array(group.vacant.prefix(FleetCore.longestList)), group.vacant.count
        )
        message.holding = group.hold?.reason
        message.holdingSince = group.hold?.since.nanoseconds
        message.attention = attention(group, at: now)
        group.message = message
    }

    /// What a person must see to.
    private func attention(_ group: GroupRecord, at now: MeshInstant) -> String? {
        if let hold = group.hold, now - hold.since >= policy.replacement.escalation {
            return "held back since \(policy.replacement.escalation.nanoseconds / 60_000_000_000) min: \(hold.reason)"
        }
        let given = group.message.activities.last { activity in
            // What was done since, or has become of its place, may have mended it.
            activity.status == .failed && nodes[activity.node]?.message.healthStatus == .unhealthy
                && nodes[activity.node]?.zones.isEmpty == false
                && group.message.activities.last { $0.node == activity.node } == activity
        }
        if let given { return "\(given.node): \(given.detail)" }
        let places = group.vacant.filter { Name.place($0) != nil }
        return places.isEmpty ? nil : "no node fills \(places.prefix(5).joined(separator: ", "))"
    }

    // MARK: - Who is there

    /// Since when a node says nothing; nil: it answers, or isn't expected to.
    func silence(of node: String, at now: MeshInstant) -> MeshInstant? {
        guard let record = nodes[node], record.isCounted, !isAsleep(node) else { return nil }
        if let since = record.silentSince { return since }
        guard presence[node]?.state == .offline else { return nil }
        return record.lastHeard ?? (record.message.since > 0 ? MeshInstant(nanoseconds: record.message.since) : now)
    }

    /// The nodes of a group that are to be at work.
    func awake(_ group: GroupRecord) -> [String] {
        group.members.filter { nodes[$0]?.isCounted == true && !isAsleep($0) }
    }

    /// Whether a node is away from its place: failing, awaited, or being seen to.
    func isAway(_ node: String) -> Bool {
        guard let record = nodes[node], !isAsleep(node) else { return false }
        return !record.isCounted || record.message.healthStatus != .healthy || record.silentSince != nil
            || openActivity(of: node) != nil || !presence.isOnline(node)
    }

    /// The activity that goes on about a node, as the one that fails or the one that steps in.
    func openActivity(of node: String) -> Activity? {
        for group in groups.values {
            for activity in group.message.activities
            where activity.isOpen && (activity.node == node || activity.spare == node) {
                return activity
            }
        }
        return nil
    }

    /// How many of a group wait for health by the fleet agent's doing.
    func waiting(in zone: String) -> Int {
        let members = Set(groups[zone]?.members ?? [])
        return groups.reduce(0) { count, group in
            count
                + group.value.message.activities.count { activity in
                    activity.isOpen
                        && (group.key == zone || members.contains(activity.node)
                            || activity.spare.map(members.contains) == true)
                }
        }
    }

    /// Why nothing is to be done about `node` at present, as far as the whole fleet and its groups go; nil: go on.
    func obstacle(for node: String, at now: MeshInstant) -> String? {
        if let problem = problem(at: now) { return "the fleet agent's own view is poor: \(problem)" }
        guard let record = nodes[node] else { return nil }
        guard !record.message.setByOperator else { return nil }
        if groups.count > 1 {
            let all = groups.values.map { awake($0) }.filter { !$0.isEmpty }
            if all.count > 1, all.allSatisfy({ share(silentOf: $0, at: now) >= policy.replacement.silentShare }) {
                return "all groups are silent: it is the network, or the power"
            }
        }
        for zone in record.zones {
            guard let group = groups[zone] else { continue }
            let members = awake(group)
            let silent = members.compactMap { silence(of: $0, at: now) }
            if members.count > 1, share(silentOf: members, at: now) >= policy.replacement.silentShare {
                return "\(silent.count) of \(members.count) nodes are silent: more likely the network than they"
            }
            guard let since = silence(of: node, at: now) else { continue }
            let window = policy.health.interval + policy.health.timeout
            let together = silent.count { $0 - since <= window && since - $0 <= window }
            let limit = max(3, Int((Double(members.count) * policy.replacement.togetherShare).rounded(.up)))
            if together >= limit {
                return "\(together) of \(members.count) nodes fell silent together: a cause in common, network or power"
            }
        }
        return nil
    }

    private func share(silentOf members: [String], at now: MeshInstant) -> Double {
        Double(members.count { silence(of: $0, at: now) != nil }) / Double(members.count)
    }
}
