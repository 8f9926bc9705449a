extension MigrationPlanner {
    /// What a step is about, which says how long it takes and what shows that it is done.
    enum Kind: Hashable {
        case users(joining: Bool)
        case subnets
        case gateways
        case standby(making: Bool)
        case rest

        /// - Source: Assumptions but for the standby's (``OutageTimings/standbyRebuild``); load balancers leave slowly, for
        ///   names live for 60 s and clients hold connections.
        var duration: TimeSpread {
            switch self {
            case .users(joining: false): TimeSpread(.seconds(300), likeliest: .seconds(600), .seconds(1800))
            case .users(joining: true): TimeSpread(.seconds(180), likeliest: .seconds(300), .seconds(600))
            case .subnets: TimeSpread(.seconds(60), likeliest: .seconds(120), .seconds(300))
            case .gateways: TimeSpread(.seconds(120), likeliest: .seconds(180), .seconds(480))
            case .standby(making: false): TimeSpread(.seconds(120), likeliest: .seconds(300), .seconds(600))
            case .standby(making: true): OutageTimings().standbyRebuild
            case .rest: TimeSpread(.seconds(120), likeliest: .seconds(600), .seconds(1800))
            }
        }
    }

    /// Adds a stack update, which must have no conflict.
    mutating func update(
        to wanted: Topology, _ title: String, _ why: String, kind: Kind, emptied: Set<String> = []
    ) throws(MigrationRefusal) {
        var next = wanted
        if kind != .rest {
            next.zones = Set(next.subnets.compactMap(\.zone)).sorted()
            next.addressPlan = nil
        }
        let update = StackUpdate(from: current, to: next, placements: placements)
        guard !update.changes.isEmpty else { return }
        try refuseConflicts(update, title)
        var checks = MigrationChecks(stack: from.name, update: update, placements: placements)
        checks.emptied = emptied.sorted()
        steps.append(
            MigrationStep(
                title: title, why: why, action: .stackUpdate, preconditions: checks.before(kind),
                checks: checks.after(kind), duration: kind.duration, interruption: nil,
                wayBack: wayBack(update), changes: update.changes, state: next, placements: placements,
                exposure: exposure(of: next), findings: []))
        current = next
    }

    /// Adds a reboot with failover; the placement has changed already.
    mutating func command(failingOver database: Reference<DatabaseInstance>, outOf zone: AvailabilityZone) {
        let letter = zone.letter.uppercased()
        let place = placements.first { $0.database == database }
        steps.append(
            MigrationStep(
                title: "\(database) is rebooted with failover out of zone \(letter)",
                why: "Its primary leaves the zone for the standby's, \(place?.primary.name ?? "another").",
                action: .failover(database),
                preconditions: [
                    MigrationChecks.database(
                        database,
                        "available, Multi-AZ, the primary in \(zone) (else skip this step); an hour with few users")
                ],
                checks: [
                    MigrationChecks.database(
                        database, "available, the primary in \(place?.primary.name ?? "another zone")")
                ],
                duration: Self.failoverDuration,
                interruption: "about 3 minutes without \(database): off-peak",
                wayBack: "Reboot with failover again: the primary returns to zone \(letter).", changes: [],
                state: current, placements: placements, exposure: exposure(of: current), findings: []))
    }

    private func refuseConflicts(_ update: StackUpdate, _ title: String) throws(MigrationRefusal) {
        let conflicts = update.conflicts
        var reasons = conflicts.map { conflict in
            MigrationRefusal.Reason(
                code: conflict.kind == .zones ? .noZone : .conflict, resource: conflict.resource,
                message: "\"\(title)\" would fail: \(conflict.description)",
                remedy: conflict.kind == .zones
                    ? "give it subnets in more zones, in both topologies"
                    : "give what is new another name or block, or do that part in a migration of its own")
        }
        for change in update.changes where change.action == .replace && change.type == DatabaseInstance.type {
            reasons.append(
                MigrationRefusal.Reason(
                    code: .immovable, resource: change.name,
                    message:
                        "a change of \(change.properties.joined(separator: ", ")) replaces it by an empty database",
                    remedy: "restore a snapshot into a new one, and move its users"))
        }
        if !reasons.isEmpty { throw MigrationRefusal(reasons) }
    }

    private func wayBack(_ update: StackUpdate) -> String {
        let back = StackUpdate(from: update.to, to: update.from, placements: update.placements)
        let previous = steps.isEmpty ? "the template that stood before" : "the template before this one"
        guard back.conflicts.isEmpty else {
            let conflict = back.conflicts[0]
            return "Not by one update (\(conflict.description)): go on, or plan a migration back."
        }
        return "Update the stack with \(previous); nothing is in the way of that."
    }

    /// When all groups are whole again after the loss of a zone, in seconds, in half of a thousand trials. Most steps leave
    /// the groups as they are, so that what was played through once is remembered.
    private mutating func wholeAgain(_ model: OutageModel, _ zone: AvailabilityZone) -> Double {
        var model = model
        (model.databases, model.zones) = ([], [zone])
        let key = Played(model: model, zone: zone)
        if let known = played[key] { return known }
        var request = OutageSimulation.Request(zone: zone)
        (request.groups, request.perGroup, request.trials) = (1, 1, trials)
        let times = OutageSimulation.run(model, request).groups.map { group in
            group.replaced.map { $0.percentile(0.5) ?? .infinity } ?? 0
        }
        played[key] = times.max() ?? 0
        return times.max() ?? 0
    }

    /// What has been played through: the groups of a model, and the zone that is lost.
    struct Played: Hashable {
        var model: OutageModel
        var zone: AvailabilityZone
    }

    /// What the loss of each zone would mean while `state` stands: computed, and played through.
    mutating func exposure(of state: Topology) -> [MigrationStep.Exposure] {
        let model = OutageModel(state)
        return Set(state.subnets.compactMap(\.zone)).sorted().map { zone in
            let impact = state.impact(ofLosing: [zone])
            let before = from.impact(ofLosing: [zone])
            let known = Set(before.down + before.cutOff + before.irreplaceable)
            let cutOff = impact.cutOff.filter { state.hasInstances(in: Reference($0)) }
            var down = (impact.down + cutOff + impact.irreplaceable).filter { !known.contains($0) }
            for place in placements where place.primary == zone && place.standby == nil {
                guard from[place.database]?.multiAZ ?? false, !down.contains(place.database.name) else { continue }
                down.append("\(place.database) (no standby)")
            }
            let left = impact.groups.filter { $0.desired > 0 }.map {
                Double($0.desired - $0.lost.upperBound) / Double($0.desired)
            }
            let longest = wholeAgain(model, zone)
            return MigrationStep.Exposure(
                zone: zone, down: down, capacityLeft: left.min() ?? 1,
                wholeAgain: longest.isFinite ? longest : nil)
        }
    }
}

extension Topology {
    /// Whether anything in a subnet may want a way out of it.
    func hasInstances(in subnet: Reference<Subnet>) -> Bool {
        autoScalingGroups.contains { $0.subnets.contains(subnet) } || instances.contains { $0.subnet == subnet }
            || imagePipelines.contains { $0.subnet == subnet }
    }
}
