internal import Lighting
internal import Mesh

extension FleetCore {
    /// After how long without progress a refresh has failed.
    private static let refreshPatience = Duration.seconds(3600)
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
        var previous: [String: String] = [:]
        for node in group.members { previous[node] = presence[node]?.version ?? "" }
        var refresh = RefreshMessage(
            id: "refresh-\(now.nanoseconds / 1_000_000)", status: .inProgress, version: version,
            preferences: preferences, began: now.nanoseconds, reason: "", previous: previous)
        if preferences.skipMatching { refresh.skipped = group.members.filter { previous[$0] == version } }
        groups[zone]?.message.refresh = refresh
        log(.info, "\(zone): refresh to \(version) begins, \(previous.count - refresh.skipped.count) nodes")
        dirtyGroups.insert(zone)
        reconsider(at: now)
        return nil
    }

    /// Takes a refresh on by as much as may be.
    ///
    /// - Returns: what holds it back.
    mutating func advanceRefresh(of zone: String, at now: MeshInstant) -> String? {
        guard let group = groups[zone], let refresh = group.message.refresh, refresh.isOpen else { return nil }
        let underWay = group.message.activities.filter { $0.isOpen && $0.kind == .update }
        switch refresh.status {
        case .cancelling:
            if underWay.isEmpty { end(zone, .cancelled, refresh.reason, at: now) }
        case .rollbackInProgress:
            let left = refresh.touched.reversed().filter { node in
                group.members.contains(node) && presence[node]?.version == refresh.version
                    && refresh.previous[node] != refresh.version
            }
            if left.isEmpty, underWay.isEmpty { end(zone, .rollbackSuccessful, refresh.reason, at: now) }
            return update(left, of: zone, underWay: underWay.count, isRollback: true, at: now)
        case .baking:
            if let failed = failure(of: refresh) { return fail(zone, failed, at: now) }
            guard let until = refresh.waitsUntil, now.nanoseconds < until else {
                end(zone, .successful, "all \(refresh.previous.count) nodes have \(refresh.version)", at: now)
                return nil
            }
            evaluateDue = min(evaluateDue ?? now + .seconds(1), MeshInstant(nanoseconds: until))
        case .inProgress: return proceed(zone, refresh, underWay: underWay.count, at: now)
        case .successful, .failed, .cancelled, .rollbackSuccessful: break
        }
        return nil
    }

    private mutating func proceed(
        _ zone: String, _ refresh: RefreshMessage, underWay: Int, at now: MeshInstant
    ) -> String? {
        if let failed = failure(of: refresh) { return fail(zone, failed, at: now) }
        if let until = refresh.waitsUntil {
            if now.nanoseconds < until { return nil }
            groups[zone]?.message.refresh?.waitsUntil = nil
            dirtyGroups.insert(zone)
        }
        let members = groups[zone]?.members ?? []
        let left = members.filter {
            !refresh.updated.contains($0) && !refresh.skipped.contains($0) && openActivity(of: $0) == nil
        }
        if left.isEmpty {
            guard underWay == 0 else { return nil }
            groups[zone]?.message.refresh?.status = .baking
            let until = now + .nanoseconds(Int64(refresh.preferences.bakeTimeSeconds * 1e9))
            groups[zone]?.message.refresh?.waitsUntil = until.nanoseconds
            dirtyGroups.insert(zone)
            reconsider(at: now)
            return nil
        }
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
            if done + underWay >= needed { return nil }
        }
        return update(left, of: zone, underWay: underWay, isRollback: false, at: now)
    }

    /// Begins as many updates as may be away at a time, never of two neighbours.
    private mutating func update(
        _ left: [String], of zone: String, underWay: Int, isRollback: Bool, at now: MeshInstant
    ) -> String? {
        guard let group = groups[zone], let refresh = group.message.refresh, !left.isEmpty else { return nil }
        if group.message.suspendedProcesses.contains(.instanceRefresh) { return "InstanceRefresh is suspended" }
        if let problem = problem(at: now) { return "the fleet agent's own view is poor: \(problem)" }
        if group.message.sleeping { return "the group sleeps" }
        let members = group.members
        let limit = max(1, members.count * (100 - refresh.preferences.minHealthyPercentage) / 100)
        let checkpoints = refresh.preferences.checkpointPercentages.sorted()
        var room = limit
        if !isRollback, refresh.checkpoints < checkpoints.count {
            let needed = (members.count * checkpoints[refresh.checkpoints] + 99) / 100
            room = min(room, needed - refresh.updated.count - refresh.skipped.count - underWay)
        }
        var reason: String?
        for node in left where room > 0 {
            let others = members.filter { $0 != node && isAway($0) }
            if others.count >= limit {
                reason = "\(others.count) of at most \(limit) are away: \(others.prefix(3).joined(separator: ", "))"
                break
            }
            guard let record = nodes[node], presence.isOnline(node), openActivity(of: node) == nil else {
                reason = "\(node) is not there"
                continue
            }
            // Who goes back may be failing: that is why. Who goes forward must be well.
            if !isRollback, isAway(node) {
                reason = "\(node) is not Healthy"
                continue
            }
            if let neighbour = record.neighbours.sorted().first(where: isAway) {
                reason = "\(neighbour), beside \(node), is away"
                continue
            }
            let target = isRollback ? refresh.previous[node] ?? "" : refresh.version
            guard !target.isEmpty else { continue }
            let activity = Activity(
                id: "\(node)-\(now.nanoseconds / 1_000_000)", kind: .update, node: node,
                cause: isRollback ? "rollback of \(refresh.id)" : refresh.id, began: now.nanoseconds,
                status: .inProgress, step: .update, detail: "Waiting for another boot id, and version \(target)",
                bootId: presence[node]?.bootId, version: target)
            groups[zone]?.message.activities.append(activity)
            if groups[zone]?.message.refresh?.touched.contains(node) == false {
                groups[zone]?.message.refresh?.touched.append(node)
            }
            begin(activity, in: zone, at: now)
            room -= 1
            reason = nil
        }
        guard reason != nil, underWay == 0 else { return nil }
        let last = group.message.activities.last { $0.kind == .update }?.ended ?? refresh.began
        if now - MeshInstant(nanoseconds: max(last, refresh.began)) > FleetCore.refreshPatience {
            if isRollback {
                end(zone, .failed, "no progress for an hour: \(reason ?? "")", at: now)
            } else {
                return fail(zone, "no progress for an hour: \(reason ?? "")", at: now)
            }
        }
        return reason
    }

    /// Why the refresh can't be called good; nil: nothing.
    private func failure(of refresh: RefreshMessage) -> String? {
        for node in refresh.updated where nodes[node]?.message.healthStatus == .unhealthy {
            return "\(node) is Unhealthy with \(refresh.version): \(nodes[node]?.message.cause ?? "")"
        }
        return nil
    }

    private mutating func fail(_ zone: String, _ reason: String, at now: MeshInstant) -> String? {
        guard groups[zone]?.message.refresh?.preferences.autoRollback == true else {
            end(zone, .failed, reason, at: now)
            return nil
        }
        rollBack(zone, reason, at: now)
        return nil
    }

    /// Takes all nodes back to what they had.
    mutating func rollBack(_ zone: String, _ reason: String, at now: MeshInstant) {
        groups[zone]?.message.refresh?.status = .rollbackInProgress
        groups[zone]?.message.refresh?.reason = reason
        groups[zone]?.message.refresh?.ended = nil
        log(.warning, "\(zone): refresh rolls back: \(reason)")
        dirtyGroups.insert(zone)
        reconsider(at: now)
    }

    private mutating func end(_ zone: String, _ status: RefreshMessage.Status, _ reason: String, at now: MeshInstant) {
        groups[zone]?.message.refresh?.status = status
        groups[zone]?.message.refresh?.reason = reason
        groups[zone]?.message.refresh?.ended = now.nanoseconds
        log(status == .failed ? .warning : .info, "\(zone): refresh is \(status.rawValue): \(reason)")
        dirtyGroups.insert(zone)
    }

    /// Looks how an update stands.
    mutating func advanceUpdate(_ activity: Activity, in zone: String, at now: MeshInstant) {
        guard let record = nodes[activity.node] else { return }
        let status = presence[activity.node]
        let hasBooted = status?.bootId != activity.bootId && status?.state == .online
        let since = record.message.inServiceSince.map(MeshInstant.init(nanoseconds:))
        if hasBooted, status?.version != activity.version {
            endUpdate(activity, in: zone, failure: "It came back with version \(status?.version ?? "?")", at: now)
        } else if hasBooted, record.message.healthStatus == .healthy, let since,
            now >= since + policy.health.defaultInstanceWarmup
        {
            endUpdate(activity, in: zone, failure: nil, at: now)
        } else if hasBooted, record.message.healthStatus == .unhealthy {
            endUpdate(activity, in: zone, failure: "Unhealthy: \(record.message.cause)", at: now)
        } else if let due = stepDue[activity.id], now >= due {
            endUpdate(activity, in: zone, failure: "no other boot id and version in time", at: now)
        }
    }

    /// An update has come to its end, and the refresh that it is of learns of it.
    func isOfRollback(_ activity: Activity) -> Bool { activity.cause.hasPrefix("rollback of ") }

    mutating func endUpdate(_ activity: Activity, in zone: String, failure: String?, at now: MeshInstant) {
        let detail = failure ?? "Healthy with version \(activity.version ?? "?")"
        finish(activity, in: zone, failure == nil ? .successful : .failed, detail, at: now)
        guard let refresh = groups[zone]?.message.refresh, refresh.isOpen else { return }
        if failure == nil {
            if !isOfRollback(activity) { groups[zone]?.message.refresh?.updated.append(activity.node) }
        } else if refresh.status == .inProgress {
            _ = fail(zone, "\(activity.node): \(detail)", at: now)
        }
    }
}
