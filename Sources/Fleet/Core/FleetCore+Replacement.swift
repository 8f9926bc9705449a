internal import Lighting
internal import Mesh

extension FleetCore {
    /// Begins the replacement of a node that is Unhealthy, where it may.
    ///
    /// - Returns: why not; nil: it has begun, or there is nothing to do.
    mutating func considerReplacement(of node: String, at now: MeshInstant) -> String? {
        guard let record = nodes[node], record.message.healthStatus == .unhealthy, record.isCounted,
            let home = record.zones.first, !isAsleep(node), openActivity(of: node) == nil
        else { return nil }
        // A refresh takes back what it has brought.
        let isBeingRefreshed = record.zones.contains { zone in
            guard let refresh = groups[zone]?.message.refresh, refresh.isOpen else { return false }
            return refresh.touched.contains(node) && presence[node]?.version == refresh.version
        }
        if isBeingRefreshed, presence.isOnline(node) { return nil }
        if isSuspended(.replaceUnhealthy, record) { return "ReplaceUnhealthy is suspended" }
        if let obstacle = obstacle(for: node, at: now) {
            let settlesAt = now + policy.health.detectionTime.upperBound
            for zone in record.zones { groups[zone]?.settlesAt = settlesAt }
            return obstacle
        }
        if !record.message.setByOperator, let reason = personsMatter(node, at: now) { return reason }
        let isSilent = record.silentSince != nil || presence[node]?.state == .offline
        if isSilent, !record.message.setByOperator, let since = silence(of: node, at: now) {
            if let settlesAt = record.zones.compactMap({ groups[$0]?.settlesAt }).max(), now < settlesAt,
                !elsewhere.isFound(node)
            {
                return "what held it back has just ended: it has \(View.text(settlesAt - now)) to answer"
            }
            if patience(withSilenceSince: since, at: now) != nil { return nil }
        }
        // Who was silent and answers again is on its way to Healthy: a ladder is for those who fail what they answer.
        if !isSilent, !record.message.setByOperator, record.faulty < policy.health.unhealthyThreshold { return nil }
        for zone in record.zones {
            let limit = policy.replacement.limit(of: groups[zone]?.members.count ?? 0)
            let waiting = waiting(in: zone)
            if waiting >= limit { return "\(waiting) of at most \(limit) of \(zone) are being seen to" }
        }
        guard let step = nextStep(for: node, isSilent: isSilent) else {
            if !hasGivenUp(node, in: home) { giveUp(node, in: home, at: now) }
            return nil
        }
        if step == .replace, isSilent {
            switch whereabouts(of: node, at: now) {
            case .awaited: return nil
            case .at(let broker):
                // When it answers there no longer it may be on its way to here.
                let settlesAt = now + policy.health.detectionTime.upperBound
                for zone in record.zones { groups[zone]?.settlesAt = settlesAt }
                return "it answers at \(broker): it is well, and cut off from here"
            case .nowhere: break
            }
        }
        var activity = Activity(
            id: "\(node)-\(now.nanoseconds / 1_000_000)", kind: .replacement, node: node,
            cause: record.message.setByOperator ? "an operator said so" : record.message.cause,
            began: now.nanoseconds, status: .inProgress, step: step, detail: "")
        prepare(step, for: &activity, at: now)
        groups[home]?.message.activities.append(activity)
        begin(activity, in: home, at: now)
        return nil
    }

    /// Why no spare is spent on a node: what is the matter with it no spare mends; nil: nothing of the kind.
    private func personsMatter(_ node: String, at now: MeshInstant) -> String? {
        guard let record = nodes[node] else { return nil }
        if let twins = record.twins(at: now) ?? presence[node]?.conflict.map({ [$0] }) {
            return
                "two agents go by its name (boots \((twins + [presence[node]?.bootId ?? "?"]).joined(separator: ", "))) and "
                + "end each other's connection: rename one (node: in its agent's file)"
        }
        guard presence[node] == nil, record.lastHeard == nil, record.message.lifecycleState == .pending,
            record.message.tried.isEmpty, record.message.formerPlaces.isEmpty
        else { return nil }
        return
            "nobody has ever heard of it: install footlight-agent there, take it out of the site file, or have a spare "
            + "take its place (footlight fleet set-health \(node) Unhealthy)"
    }

    /// For how much longer a silent node may come back by itself, nothing reaching it; nil: it had its time. While the agent
    /// could hear nobody, silence says nothing. It is looked at again then.
    mutating func patience(withSilenceSince since: MeshInstant, at now: MeshInstant) -> Duration? {
        let left =
            policy.health.detectionTime.upperBound + policy.replacement.silentDelay
            - view.silence(since: since, at: now)
        guard left > .zero else { return nil }
        evaluateDue = min(evaluateDue ?? now + left, now + left)
        return left
    }

    /// The step of the ladder that comes next; nil: there is none left.
    func nextStep(for node: String, isSilent: Bool) -> Activity.Step? {
        let tried = nodes[node]?.message.tried ?? []
        // On a node that doesn't answer, nothing can restart anything.
        if !isSilent {
            for step in [Activity.Step.restart, .reboot] where !tried.contains(step) { return step }
        }
        return spare(for: node) == nil ? nil : .replace
    }

    /// Fills in what a step needs to be verified.
    mutating func prepare(_ step: Activity.Step, for activity: inout Activity, at now: MeshInstant) {
        activity.step = step
        activity.bootId = nil
        switch step {
        case .restart, .reboot, .update:
            activity.bootId = presence[activity.node]?.bootId
            activity.detail = "Waiting for another boot id than \(activity.bootId ?? "?")"
        case .replace:
            guard let spare = spare(for: activity.node) else { return }
            let left = filled(by: activity.node).all.filter { place in
                !spare.places.contains { Places.isSame($0, place) }
            }
            activity.detail =
                "Waiting for \(spare.name) to be Healthy in its place"
                + (left.isEmpty ? "" : "; nobody takes \(left.joined(separator: ", "))")
            nodes[activity.node]?.message.formerPlaces = spare.places
            hand(spare, over: &activity, at: now)
        }
        nodes[activity.node]?.message.tried.append(step)
        nodes[activity.node]?.message.triedAt = now.nanoseconds
        dirtyNodes.insert(activity.node)
    }

    /// Fills in who takes which places of the activity's node.
    mutating func hand(_ successor: Successor, over activity: inout Activity, at now: MeshInstant) {
        let known = [activity.node, successor.name].compactMap { places[$0]?.revision }.max()
        activity.spare = successor.name
        activity.configuration = configuration(
            of: successor.name, bars: successor.bars, sensors: successor.sensors,
            revision: Revision.next(after: known, at: now))
        nodes[activity.node]?.message.lifecycleState = .terminating
        nodes[successor.name]?.enterService(at: now)
        changed(activity.node)
        changed(successor.name)
    }

    /// Writes what an activity is about to do; once that has come back, it is done.
    mutating func begin(_ activity: Activity, in zone: String, at now: MeshInstant) {
        stepDue[activity.id] = now + timeout(of: activity.step)
        booted.remove(activity.id)
        // The record first: what has been told must be known to whoever takes over.
        write(activity, in: zone, at: now)
        tell(activity, in: zone)
        reconsider(at: now + .seconds(1))
    }

    mutating func write(_ activity: Activity, in zone: String, at now: MeshInstant) {
        publish(publications(of: activity, at: now), onceWritten: zone, for: activity.id, at: now)
    }

    /// Writes a group's record, and publishes `publications` once that has come back.
    mutating func publish(
        _ publications: [FleetAction.Publication], onceWritten zone: String, for matter: String, at now: MeshInstant
    ) {
        deferred.removeAll { $0.matter == matter }
        // Even where nothing of the record is new: what comes back must be of this term.
        groups[zone]?.published = nil
        publishGroup(zone, at: now)
        dirtyGroups.remove(zone)
        guard let stamp = groups[zone]?.message.stamp else { return }
        deferred.append(Deferred(zone: zone, stamp: stamp, matter: matter, publications: publications))
    }

    func timeout(of step: Activity.Step) -> Duration {
        switch step {
        case .restart: policy.replacement.restartTimeout
        case .reboot: policy.replacement.rebootTimeout
        case .replace: policy.replacement.spareTimeout
        case .update: policy.replacement.updateTimeout
        }
    }

    /// What an activity's step has to say to nodes.
    func publications(of activity: Activity, at now: MeshInstant) -> [FleetAction.Publication] {
        switch activity.step {
        case .restart, .reboot, .update:
            return [
                action(
                    activity.step.rawValue, id: activity.actionID, for: activity.node, bootId: activity.bootId,
                    version: activity.version, lasts: timeout(of: activity.step), at: now)
            ]
        case .replace:
            guard let spare = activity.spare, let configuration = activity.configuration else { return [] }
            // The spare first: should the agent die between the two, the place isn't lost.
            func given(_ claims: [String: String]?) -> [String] { claims?.values.filter { !$0.isEmpty } ?? [] }
            let rest = self.configuration(
                of: activity.node,
                losing: Parts(bars: given(configuration.bars), sensors: given(configuration.sensors)),
                revision: configuration.revision)
            return [(spare, configuration), (activity.node, rest)].map { node, message in
                FleetAction.Publication(
                    topic: name(.nodeConfiguration(node: node)), payload: JSON.encode(message), retain: true, qos: 1)
            }
        }
    }

    func hasGivenUp(_ node: String, in zone: String) -> Bool {
        guard let last = groups[zone]?.message.activities.last(where: { $0.node == node }) else { return false }
        return last.status == .failed && last.ended ?? 0 >= nodes[node]?.message.since ?? 0
    }

    mutating func giveUp(_ node: String, in zone: String, at now: MeshInstant) {
        let activity = Activity(
            id: "\(node)-\(now.nanoseconds / 1_000_000)", kind: .replacement, node: node,
            cause: nodes[node]?.message.cause ?? "", began: now.nanoseconds, status: .inProgress, step: .replace,
            detail: "")
        groups[zone]?.message.activities.append(activity)
        finish(activity, in: zone, .failed, "No spare can take its place: a person must", at: now)
    }
}
