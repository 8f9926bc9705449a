internal import Lighting
internal import Mesh

extension FleetCore {
    /// Begins the updates of as many of `left` as may be away at a time, never of two neighbours.
    ///
    /// - Returns: why none could be begun.
    mutating func update(
        _ left: [String], of zone: String, room: Int, isRollback: Bool, at now: MeshInstant
    ) -> String? {
        guard let group = groups[zone], let refresh = group.message.refresh else { return nil }
        let limit = awayLimit(of: zone, refresh)
        var room = room
        var reason: String?
        var hasBegun = false
        // Whom the version took away stands in nobody's way back.
        func isInTheWay(_ node: String) -> Bool {
            isAway(node) && !(isRollback && refresh.touched.contains(node) && openActivity(of: node) == nil)
        }
        for node in left where room > 0 {
            let spares = refresh.touched.filter { !group.members.contains($0) && openActivity(of: $0) != nil }
            let others = (group.members + spares).filter { $0 != node && isInTheWay($0) }
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
            if let neighbour = record.neighbours.sorted().first(where: isInTheWay) {
                reason = "\(neighbour), beside \(node), is away"
                continue
            }
            let target = isRollback ? refresh.previous[node] ?? "" : refresh.version
            let activity = Activity(
                id: "\(node)-\(now.nanoseconds / 1_000_000)", kind: .update, node: node,
                cause: isRollback ? "rollback of \(refresh.id)" : refresh.id, began: now.nanoseconds,
                status: .inProgress, step: .update, detail: "Waiting for another boot id, and version \(target)",
                bootId: presence[node]?.bootId, version: target)
            groups[zone]?.message.activities.append(activity)
            if !refresh.touched.contains(node) { groups[zone]?.message.refresh?.touched.append(node) }
            begin(activity, in: zone, at: now)
            room -= 1
            hasBegun = true
        }
        return hasBegun ? nil : reason
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
        } else if hasBooted, record.message.healthStatus == .unhealthy, excuse(for: activity.node, at: now) == nil {
            endUpdate(activity, in: zone, failure: "Unhealthy: \(record.message.cause)", at: now)
        } else if obstacle(for: activity.node, at: now) != nil {
            // It has its time when the network is back; with its connection what it was asked to do comes again.
            stepDue[activity.id] = max(stepDue[activity.id] ?? now, now + timeout(of: activity.step) / 2)
        } else if let due = stepDue[activity.id], now >= due {
            endUpdate(activity, in: zone, failure: "no other boot id and version in time", at: now)
        }
    }

    private func isOfRollback(_ activity: Activity) -> Bool { activity.cause.hasPrefix("rollback of ") }

    /// An update has come to its end, and the refresh that it is of learns of it.
    mutating func endUpdate(_ activity: Activity, in zone: String, failure: String?, at now: MeshInstant) {
        let detail = failure ?? "Healthy with version \(activity.version ?? "?")"
        finish(activity, in: zone, failure == nil ? .successful : .failed, detail, at: now)
        guard let refresh = groups[zone]?.message.refresh, refresh.isOpen else { return }
        groups[zone]?.message.refresh?.progressAt = now.nanoseconds
        if isOfRollback(activity) {
            // Once is enough: what is asked for again and again may go on for ever.
            if failure != nil { setAside(activity.node, of: zone, because: detail) }
        } else if failure == nil {
            groups[zone]?.message.refresh?.updated.append(activity.node)
        } else if refresh.status == .inProgress {
            _ = fail(zone, "\(activity.node): \(detail)", at: now)
        }
    }
}
