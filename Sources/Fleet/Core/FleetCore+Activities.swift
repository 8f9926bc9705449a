internal import Lighting
internal import Mesh

extension FleetCore {
    /// What a predecessor began goes on: the same actions with the same ids, for the same boots.
    mutating func resumeActivities(at now: MeshInstant) {
        for zone in groups.keys.sorted() {
            // How long nobody led, nobody knows.
            groups[zone]?.isRefreshHeld = true
            for activity in groups[zone]?.message.activities ?? [] where activity.isOpen {
                stepDue[activity.id] = now + timeout(of: activity.step)
                if let bootId = activity.bootId, let status = presence[activity.node], status.bootId != bootId,
                    status.state == .online
                {
                    booted.insert(activity.id)
                    // What it counts as it may count as since the boot before.
                    if nodes[activity.node]?.message.healthStatus == .unhealthy {
                        nodes[activity.node]?.expect(at: now)
                        changed(activity.node)
                    }
                } else {
                    write(activity, in: zone, at: now)
                }
            }
        }
    }

    /// A node has a new connection: what it was asked to do may have gone with the one before. It does an id once.
    mutating func sendAgain(to node: String, at now: MeshInstant) {
        guard isActing(at: now), let activity = openActivity(of: node), activity.node == node,
            let bootId = activity.bootId, bootId == presence[node]?.bootId,
            let zone = groups.first(where: { $0.value.message.activities.contains(activity) })?.key
        else { return }
        write(activity, in: zone, at: now)
    }

    /// Looks how an activity stands.
    mutating func advance(_ id: String, in zone: String, at now: MeshInstant) {
        guard let activity = groups[zone]?.message.activities.first(where: { $0.id == id && $0.isOpen }) else { return }
        // As long as the agent can't see, nobody's time runs out.
        if problem(at: now) != nil || stepDue[id] == nil {
            stepDue[id] = max(stepDue[id] ?? now, now + timeout(of: activity.step) / 2)
            return
        }
        switch activity.step {
        case .restart, .reboot: advanceStart(activity, in: zone, at: now)
        case .replace: advanceReplace(activity, in: zone, at: now)
        case .update: advanceUpdate(activity, in: zone, at: now)
        }
    }

    mutating func advanceStart(_ activity: Activity, in zone: String, at now: MeshInstant) {
        let isHealthy = nodes[activity.node]?.message.healthStatus == .healthy
        if isHealthy, presence[activity.node]?.bootId != activity.bootId {
            finish(
                activity, in: zone, .successful, "Healthy, boot id \(presence[activity.node]?.bootId ?? "?")", at: now)
        } else if isHealthy {
            finish(activity, in: zone, .cancelled, "It became Healthy by itself", at: now)
        } else if nodes[activity.node]?.zones.isEmpty != false {
            finish(activity, in: zone, .cancelled, "It has no place any more", at: now)
        } else if booted.contains(activity.id), nodes[activity.node]?.message.healthStatus == .unhealthy {
            goOn(activity, in: zone, because: "Unhealthy still: \(nodes[activity.node]?.message.cause ?? "")", at: now)
        } else if let due = stepDue[activity.id], now >= due + (booted.contains(activity.id) ? settling : .zero) {
            let why = booted.contains(activity.id) ? "not Healthy in time" : "no other boot id in time"
            goOn(activity, in: zone, because: why, at: now)
        }
    }

    /// How long a started node may take to count as Healthy, or as Unhealthy.
    var settling: Duration { policy.health.healthCheckGracePeriod + policy.health.detectionTime.upperBound * 2 }

    mutating func advanceReplace(_ activity: Activity, in zone: String, at now: MeshInstant) {
        guard let spare = activity.spare, let configuration = activity.configuration else {
            return finish(activity, in: zone, .failed, "Its record names no spare", at: now)
        }
        let record = nodes[spare]
        if record?.configurationInForce == configuration.revision, record?.message.healthStatus == .healthy,
            record?.silentSince == nil
        {
            nodes[activity.node]?.message.tried = []
            // It may have places that the spare couldn't take.
            countAgain(activity.node, at: now)
            changed(activity.node)
            finish(activity, in: zone, .successful, "\(spare) is Healthy in its place", at: now)
        } else if places[spare]?.revision ?? 0 > configuration.revision {
            finish(activity, in: zone, .cancelled, "Somebody gave \(spare) another place", at: now)
        } else if let due = stepDue[activity.id], now >= due {
            goOn(activity, in: zone, because: "\(spare) was not Healthy in its place in time", at: now)
        }
    }

    /// A node, by its own word, won't.
    mutating func refused(_ activity: Activity, _ error: String, at now: MeshInstant) {
        guard isActing(at: now), let zone = groups.first(where: { $0.value.message.activities.contains(activity) })?.key
        else { return }
        // The next boot refuses what was meant for the one before, which has done it.
        guard presence[activity.node]?.bootId == activity.bootId else { return }
        if activity.step == .update {
            endUpdate(activity, in: zone, failure: "Refused: \(error)", at: now)
        } else {
            goOn(activity, in: zone, because: "refused: \(error)", at: now)
        }
        reconsider(at: now)
    }

    /// The next step of the ladder, or the end of it.
    mutating func goOn(_ activity: Activity, in zone: String, because why: String, at now: MeshInstant) {
        guard let index = groups[zone]?.message.activities.firstIndex(where: { $0.id == activity.id }) else { return }
        if nodes[activity.node]?.message.lifecycleState == .pending { nodes[activity.node]?.enterService(at: now) }
        if isSuspended(.replaceUnhealthy, nodes[activity.node] ?? NodeRecord()) {
            return finish(activity, in: zone, .cancelled, "ReplaceUnhealthy is suspended", at: now)
        }
        let isSilent = nodes[activity.node]?.silentSince != nil || presence[activity.node]?.state != .online
        let step: Activity.Step?
        if activity.step == .replace {
            // The place is the spare's by now, healthy or not: from here on it is the spare that is replaced.
            step = nil
        } else if isSilent, obstacle(for: activity.node, at: now) != nil {
            stepDue[activity.id] = now + timeout(of: activity.step)
            return
        } else {
            step = nextStep(for: activity.node, isSilent: isSilent)
            if step == .replace, isSilent {
                switch whereabouts(of: activity.node, at: now) {
                case .awaited:
                    stepDue[activity.id] = now + FleetCore.pace
                    return
                case .at:
                    stepDue[activity.id] = now + timeout(of: activity.step)
                    return
                case .nowhere: break
                }
            }
        }
        guard let step else {
            let remedy =
                activity.step == .replace ? "from here on it is looked after itself" : "no spare, a person must"
            return finish(activity, in: zone, .failed, "\(why); \(remedy)", at: now)
        }
        var next = activity
        prepare(step, for: &next, at: now)
        next.detail = "After \(activity.step.rawValue): \(why). \(next.detail)"
        groups[zone]?.message.activities[index] = next
        begin(next, in: zone, at: now)
    }

    /// Ends an activity, and tells.
    mutating func finish(
        _ activity: Activity, in zone: String, _ status: Activity.Status, _ detail: String, at now: MeshInstant
    ) {
        guard var activities = groups[zone]?.message.activities,
            let index = activities.firstIndex(where: { $0.id == activity.id })
        else { return }
        var ended = activity
        ended.status = status
        ended.detail = detail
        ended.ended = now.nanoseconds
        activities[index] = ended
        groups[zone]?.message.activities = activities
        trimHistory(of: zone)
        stepDue[activity.id] = nil
        booted.remove(activity.id)
        deferred.removeAll { $0.matter == activity.id }
        switch nodes[activity.node]?.message.lifecycleState {
        case .pending, .terminating: countAgain(activity.node, at: now)
        default: break
        }
        // Who has no place any more may be a spare from now on.
        isPlaced = false
        changed(activity.node)
        dirtyGroups.insert(zone)
        tell(ended, in: zone)
        reconsider(at: now)
    }

    /// Forgets the oldest of what has ended.
    mutating func trimHistory(of zone: String) {
        guard var activities = groups[zone]?.message.activities else { return }
        while activities.count > GroupMessage.historyLimit, let oldest = activities.firstIndex(where: { !$0.isOpen }) {
            activities.remove(at: oldest)
        }
        groups[zone]?.message.activities = activities
    }

    /// A node that has a place still, as it wasn't given away after all or not as a whole, is counted again.
    mutating func countAgain(_ node: String, at now: MeshInstant) {
        if nodes[node]?.zones.isEmpty == false {
            nodes[node]?.enterService(at: now)
        } else {
            // A spare whose work is done is one as before.
            let isSpare = policy.spares[node] != nil && nodes[node]?.message.healthStatus == .healthy
            nodes[node]?.message.lifecycleState = isSpare ? .pending : .terminated
        }
    }

    /// One line for everybody.
    mutating func tell(_ activity: Activity, in zone: String) {
        publish(name(FleetTopic.activity), JSON.encode(activity), retain: false)
        log(activity.status == .failed ? .warning : .info, "\(zone): \(activity.line)")
    }
}
