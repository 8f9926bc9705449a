internal import Lighting
internal import Mesh

extension FleetCore {
    /// After how long without progress a refresh has failed.
    static let refreshPatience = Duration.seconds(3600)
    /// How many nodes a group may have to be refreshed: its record names them all.
    static let largestRefresh = 1000

    /// Begins an instance refresh.
    ///
    /// - Returns: why not.
    mutating func startRefresh(
        of zone: String, to version: String, _ preferences: RefreshMessage.Preferences, at now: MeshInstant
    ) -> String? {
        guard let group = groups[zone] else { return "no zone \(zone)" }
        if group.message.refresh?.isOpen == true { return "a refresh of \(zone) goes on; cancel it first" }
        if group.members.count > FleetCore.largestRefresh {
            return "\(zone) has more than \(FleetCore.largestRefresh) nodes"
        }
        if let lack = lackOfUpdates(zone, version, preferences) { return lack }
        groups[zone]?.message.refresh = RefreshMessage(
            id: "refresh-\(now.nanoseconds / 1_000_000)", status: .inProgress, version: version,
            preferences: preferences, began: now.nanoseconds, reason: "", previous: [:], progressAt: now.nanoseconds)
        groups[zone]?.isRefreshHeld = false
        let refresh = enlist(zone)
        let count = (refresh?.previous.count ?? 0) - (refresh?.skipped.count ?? 0)
        log(.info, "\(zone): refresh to \(version) begins, \(count) nodes")
        dirtyGroups.insert(zone)
        reconsider(at: now)
        return nil
    }

    /// Who of a group couldn't be updated, known before anybody is; nil: nobody, as far as nodes say what they can.
    private func lackOfUpdates(_ zone: String, _ version: String, _ preferences: RefreshMessage.Preferences) -> String?
    {
        let lacking = crew(of: zone).filter { node in
            guard let status = presence[node], let commands = status.commands else { return false }
            return !commands.contains("update") && !(preferences.skipMatching && status.version == version)
        }
        guard !lacking.isEmpty else { return nil }
        let names =
            lacking.prefix(5).joined(separator: ", ") + (lacking.count > 5 ? " and \(lacking.count - 5) more" : "")
        return "nobody was updated: \(names) \(lacking.count == 1 ? "has" : "have") no update command; add commands: "
            + "{update: [/path/of/program]} to the agent's file there"
    }

    /// Whom a refresh of a group updates: its nodes, then the spares that stand by for it, and are well. A spare that takes a
    /// place with another version would be the refresh's undoing.
    func crew(of zone: String) -> [String] {
        guard let group = groups[zone] else { return [] }
        let wanted = group.zone.bars + group.zone.sensors.keys.sorted()
        let spares = policy.spares.keys.sorted().filter { spare in
            nodes[spare]?.zones.isEmpty == true && isFree(spare) && !isAway(spare)
                && wanted.contains { mayFill(spare, $0) }
        }
        return group.members + spares
    }

    /// Whether a refresh of a group has to do with a node: it has a place there, or stands by.
    func isOfRefresh(_ node: String, in zone: String) -> Bool {
        groups[zone]?.members.contains(node) == true || nodes[node]?.zones.isEmpty == true && policy.spares[node] != nil
    }

    /// Takes in the nodes that have joined the group, with the version that they have, and lets those go that have left
    /// it untouched.
    @discardableResult
    private mutating func enlist(_ zone: String) -> RefreshMessage? {
        guard var refresh = groups[zone]?.message.refresh else { return nil }
        let members = crew(of: zone)
        for node in members where refresh.previous[node]?.isEmpty != false {
            let version = presence[node]?.version ?? ""
            let isNew = refresh.previous.updateValue(version, forKey: node) == nil || !version.isEmpty
            if isNew, refresh.preferences.skipMatching, version == refresh.version, !refresh.touched.contains(node),
                !refresh.skipped.contains(node)
            {
                refresh.skipped.append(node)
            }
        }
        for node in refresh.previous.keys where !refresh.touched.contains(node) && !members.contains(node) {
            refresh.previous[node] = nil
            refresh.skipped.removeAll { $0 == node }
        }
        if refresh != groups[zone]?.message.refresh { dirtyGroups.insert(zone) }
        groups[zone]?.message.refresh = refresh
        return refresh
    }

    /// Takes a refresh on by as much as may be.
    ///
    /// - Returns: what holds it back.
    mutating func advanceRefresh(of zone: String, at now: MeshInstant) -> String? {
        guard let group = groups[zone], let refresh = group.message.refresh, refresh.isOpen else { return nil }
        let underWay = group.message.activities.count { $0.isOpen && $0.kind == .update }
        if refresh.status == .cancelling {
            if underWay == 0 { end(zone, .cancelled, refresh.reason, at: now) }
            return nil
        }
        if let reason = heldBack(zone, refresh, at: now) {
            groups[zone]?.isRefreshHeld = true
            return reason
        }
        if group.isRefreshHeld {
            groups[zone]?.isRefreshHeld = false
            groups[zone]?.message.refresh?.progressAt = now.nanoseconds
            dirtyGroups.insert(zone)
        }
        if refresh.status == .rollbackInProgress { return advanceRollback(of: zone, underWay: underWay, at: now) }
        if let failed = failure(of: refresh) { return fail(zone, failed, at: now) }
        return proceed(zone, underWay: underWay, at: now)
    }

    /// What holds a refresh back that is no want of progress.
    private mutating func heldBack(_ zone: String, _ refresh: RefreshMessage, at now: MeshInstant) -> String? {
        if let problem = problem(at: now) { return "the fleet agent's own view is poor: \(problem)" }
        if groups[zone]?.message.sleeping == true { return "the group sleeps" }
        if groups[zone]?.message.suspendedProcesses.contains(.instanceRefresh) == true {
            return "InstanceRefresh is suspended"
        }
        guard refresh.status != .rollbackInProgress else { return nil }
        for node in refresh.updated where hasPlace(node) && nodes[node]?.message.healthStatus == .unhealthy {
            if let excuse = excuse(for: node, at: now) { return excuse }
        }
        return nil
    }

    /// Why it isn't a node's fault, as far as anybody can tell, that it is Unhealthy; nil: it is.
    mutating func excuse(for node: String, at now: MeshInstant) -> String? {
        guard let record = nodes[node], !record.message.setByOperator else { return nil }
        if let obstacle = obstacle(for: node, at: now) {
            let settlesAt = now + policy.health.detectionTime.upperBound
            for zone in record.zones { groups[zone]?.settlesAt = settlesAt }
            return "\(node): \(obstacle)"
        }
        if let since = silence(of: node, at: now) {
            if let settlesAt = record.zones.compactMap({ groups[$0]?.settlesAt }).max(), now < settlesAt {
                return "what held \(node) back has just ended: it has \(View.text(settlesAt - now)) to answer"
            }
            return patience(withSilenceSince: since, at: now).map {
                "\(node) doesn't answer; it has \(View.text($0)) to come back"
            }
        }
        return record.faulty < policy.health.unhealthyThreshold ? "\(node) answers again, and isn't Healthy yet" : nil
    }

    private mutating func proceed(_ zone: String, underWay: Int, at now: MeshInstant) -> String? {
        guard let refresh = enlist(zone) else { return nil }
        let members = crew(of: zone)
        let remaining = members.filter { !refresh.updated.contains($0) && !refresh.skipped.contains($0) }
        if refresh.status == .baking, remaining.isEmpty {
            guard let until = refresh.waitsUntil, now.nanoseconds < until else {
                end(zone, .successful, "all \(refresh.previous.count) nodes have \(refresh.version)", at: now)
                return nil
            }
            evaluateDue = min(evaluateDue ?? now + .seconds(1), MeshInstant(nanoseconds: until))
            return nil
        }
        if refresh.status == .baking {
            // Who has taken a place meanwhile.
            groups[zone]?.message.refresh?.status = .inProgress
            groups[zone]?.message.refresh?.waitsUntil = nil
            dirtyGroups.insert(zone)
        } else if let until = refresh.waitsUntil {
            if now.nanoseconds < until { return nil }
            groups[zone]?.message.refresh?.waitsUntil = nil
            groups[zone]?.message.refresh?.progressAt = now.nanoseconds
            dirtyGroups.insert(zone)
        }
        if remaining.isEmpty, underWay == 0 {
            groups[zone]?.message.refresh?.status = .baking
            let until = now + .nanoseconds(Int64(refresh.preferences.bakeTimeSeconds * 1e9))
            groups[zone]?.message.refresh?.waitsUntil = until.nanoseconds
            dirtyGroups.insert(zone)
            reconsider(at: now)
            return nil
        }
        let left = remaining.filter { openActivity(of: $0) == nil }
        var room = awayLimit(of: zone, refresh)
        let checkpoints = refresh.preferences.checkpointPercentages.sorted()
        if refresh.checkpoints < checkpoints.count {
            let needed = (members.count * checkpoints[refresh.checkpoints] + 99) / 100
            let done = refresh.updated.count + refresh.skipped.count
            if done >= needed {
                let until = now + .nanoseconds(Int64(refresh.preferences.checkpointDelaySeconds * 1e9))
                groups[zone]?.message.refresh?.checkpoints += 1
                groups[zone]?.message.refresh?.waitsUntil = until.nanoseconds
                dirtyGroups.insert(zone)
                return nil
            }
            // No more than up to the checkpoint at a time.
            room = min(room, needed - done - underWay)
            if room <= 0 { return nil }
        }
        guard let reason = update(left, of: zone, room: room, isRollback: false, at: now), underWay == 0 else {
            return nil
        }
        guard isOutOfPatience(zone, FleetCore.refreshPatience, at: now) else { return reason }
        return fail(zone, "no progress for an hour: \(reason)", at: now)
    }

    /// How many of a group may be away at a time.
    func awayLimit(of zone: String, _ refresh: RefreshMessage) -> Int {
        max(1, (groups[zone]?.members.count ?? 0) * (100 - refresh.preferences.minHealthyPercentage) / 100)
    }

    /// Whether a refresh hasn't got on for so long.
    func isOutOfPatience(_ zone: String, _ patience: Duration, at now: MeshInstant) -> Bool {
        guard let refresh = groups[zone]?.message.refresh else { return false }
        return now - MeshInstant(nanoseconds: refresh.progressAt ?? refresh.began) > patience
    }

    private func hasPlace(_ node: String) -> Bool { nodes[node]?.zones.isEmpty == false }

    /// Why the refresh can't be called good; nil: nothing.
    private func failure(of refresh: RefreshMessage) -> String? {
        for node in refresh.updated where hasPlace(node) {
            if nodes[node]?.message.healthStatus == .unhealthy {
                return "\(node) is Unhealthy with \(refresh.version): \(nodes[node]?.message.cause ?? "")"
            }
            if let status = presence[node], status.state == .online, status.version != refresh.version {
                return "\(node) went back to version \(status.version)"
            }
        }
        return nil
    }

    mutating func fail(_ zone: String, _ reason: String, at now: MeshInstant) -> String? {
        guard groups[zone]?.message.refresh?.preferences.autoRollback == true else {
            end(zone, .failed, reason, at: now)
            return nil
        }
        rollBack(zone, reason, at: now)
        return nil
    }

    mutating func end(_ zone: String, _ status: RefreshMessage.Status, _ reason: String, at now: MeshInstant) {
        groups[zone]?.message.refresh?.status = status
        groups[zone]?.message.refresh?.reason = reason
        groups[zone]?.message.refresh?.ended = now.nanoseconds
        groups[zone]?.message.refresh?.waitsUntil = nil
        let isGood = status != .failed && status != .rollbackFailed
        log(isGood ? .info : .warning, "\(zone): refresh is \(status.rawValue): \(reason)")
        dirtyGroups.insert(zone)
    }
}
