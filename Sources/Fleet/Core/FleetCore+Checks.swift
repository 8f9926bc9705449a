internal import Lighting
internal import Mesh

extension FleetCore {
    /// Something about a node changed: it and its groups are told of anew.
    mutating func changed(_ node: String) {
        dirtyNodes.insert(node)
        for zone in nodes[node]?.zones ?? [] { dirtyGroups.insert(zone) }
    }

    /// The id of a probe: another for every check and every start of the agent.
    func probeID(_ node: String, _ number: Int) -> String { "probe-\(description.bootId)-\(number)" }

    /// Whether a node is checked: not one in standby, or asleep; one that is awaited once it is there, or had its time.
    func isChecked(_ node: String, at now: MeshInstant) -> Bool {
        guard let record = nodes[node], !record.zones.isEmpty || record.message.isSpare else { return false }
        switch record.message.lifecycleState {
        case .standby: return false
        case .pending where !presence.isOnline(node):
            return record.graceSince.map { now >= $0 + policy.health.healthCheckGracePeriod } == true && !isAsleep(node)
        case .pending: return true
        // A spare that is away is no spare, which is no failure.
        case _ where record.message.isSpare && record.message.healthStatus != .healthy: return presence.isOnline(node)
        default: return !isAsleep(node)
        }
    }

    /// Whether all of a node's groups sleep, or it says that it does and its configuration says so too.
    func isAsleep(_ node: String) -> Bool {
        if sleepsWithGroups(node) { return true }
        guard presence[node]?.state == .sleeping, let until = places[node]?.sleepUntil, let lastHandled else {
            return false
        }
        return lastHandled + (nodes[node]?.clockOffset ?? .zero) < MeshInstant(nanoseconds: until)
    }

    /// A node may have fallen asleep or woken, by its own word or by what it was told: its groups, which count who is awake,
    /// are told of anew.
    mutating func noticeSleep(of node: String) {
        let isAsleep = isAsleep(node)
        guard let record = nodes[node], record.wasAsleep != isAsleep else { return }
        nodes[node]?.wasAsleep = isAsleep
        changed(node)
    }

    /// Whether all of a node's groups sleep.
    func sleepsWithGroups(_ node: String) -> Bool {
        guard let zones = nodes[node]?.zones, !zones.isEmpty else { return false }
        return zones.allSatisfy { groups[$0]?.message.sleeping == true }
    }

    /// Puts down a node's first check: nodes are spread over the interval by their names.
    mutating func expectCheck(of node: String, at now: MeshInstant) {
        guard election.state == .leader, let record = nodes[node], !record.isQueued,
            !record.zones.isEmpty || record.message.isSpare
        else { return }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in node.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let share = Int64(hash % 1000) * policy.health.interval.nanoseconds / 1000
        nodes[node]?.isQueued = true
        queue.push(.check(node), at: now + .nanoseconds(share))
    }

    /// Begins and ends the checks that are due.
    mutating func check(at now: MeshInstant) {
        guard election.state == .leader else { return }
        while let due = queue.pop(dueAt: now) {
            switch due {
            case .check(let node): begin(node, at: now)
            case .deadline(let node, let number):
                guard nodes[node]?.round?.number == number else { continue }
                end(node, fault: "no answer", isSilent: true, at: now)
            }
        }
    }

    private mutating func begin(_ node: String, at now: MeshInstant) {
        guard let record = nodes[node], !record.zones.isEmpty || record.message.isSpare else {
            nodes[node]?.isQueued = false
            return
        }
        noticeSleep(of: node)
        guard isChecked(node, at: now) else {
            nodes[node]?.uncheckedAt = now
            return queue.push(.check(node), at: now + policy.health.interval)
        }
        nodes[node]?.roundNumber += 1
        let number = record.roundNumber + 1
        nodes[node]?.round = NodeRecord.Round(number: number, began: now)
        let timeout = policy.health.timeout * view.stretch
        queue.push(.deadline(node, number: number), at: now + timeout)
        queue.push(.check(node), at: now + max(policy.health.interval, timeout))
        if presence[node].map({ $0.state != .offline }) == true { probe(node, at: now) }
    }

    /// Asks a node to draw a frame that nobody sees, to report, and to answer.
    mutating func probe(_ node: String, at now: MeshInstant) {
        guard let round = nodes[node]?.round, isActing(at: now) else { return }
        nodes[node]?.round?.isProbed = true
        let publication = action(
            "probe", id: probeID(node, round.number), for: node, bootId: nil, lasts: nil, at: now)
        actions.append(.publish(publication))
    }

    /// The node answered its probe: its report came before that.
    mutating func answered(_ node: String, error: String?, at now: MeshInstant) {
        guard let record = nodes[node] else { return }
        var faults = record.faults
        if let error { faults.append("probe: \(error)") }
        let missed = policy.health.interval * policy.health.missedReports * view.stretch
        if let reportAt = record.reportAt ?? record.message.inServiceSince.map(MeshInstant.init(nanoseconds:)),
            now - reportAt > missed
        {
            faults.append("no health report for \(View.text(now - reportAt))")
        }
        let boots = record.unexpectedBoots.count { now - $0 < .seconds(600) }
        if boots >= policy.health.restartLimit { faults.append("its agent started \(boots) times in ten minutes") }
        end(node, fault: faults.isEmpty ? nil : faults.joined(separator: "; "), isSilent: false, at: now)
    }

    /// A check has come to its end, with a fault or without.
    private mutating func end(_ node: String, fault: String?, isSilent: Bool, at now: MeshInstant) {
        guard let round = nodes[node]?.round, var record = nodes[node] else { return }
        record.round = nil
        defer { nodes[node] = record }
        // What was asked for while the view was poor proves nothing, unless it was answered.
        if isSilent, view.lastPoor >= round.began || !isActing(at: now) { return void(&record, node, at: now) }
        record.voids = 0
        if fault == nil { record.passedAt = now }
        record.faulty = isSilent || fault == nil ? 0 : record.faulty + 1
        if isSilent {
            record.silentSince = record.silentSince ?? max(record.lastHeard ?? round.began, record.uncheckedAt)
        } else {
            record.silentSince = nil
            if record.message.lifecycleState == .pending {
                record.enterService(at: now)
                changed(node)
                reconsider(at: now)
            }
        }
        if fault != nil {
            let isYoung =
                now < (record.graceSince ?? now) + policy.health.healthCheckGracePeriod
                && record.message.healthStatus != .unhealthy
            if isYoung || isSuspended(.healthCheck, record) { return record.counter.forget() }
        }
        // A person's word holds until something has come of it.
        if fault == nil, record.message.setByOperator, record.message.healthStatus == .unhealthy,
            !hasActivity(node, since: record.message.since)
        {
            record.counter = VerdictCounter(status: .unhealthy)
            return
        }
        let cause = fault.map { isSilent ? silenceCause(record, at: now) : String($0.prefix(300)) } ?? ""
        let health = policy.health
        let change = record.counter.count(
            fault == nil, healthy: health.healthyThreshold, unhealthy: health.unhealthyThreshold)
        if let change {
            record.note(change, cause: cause, at: now)
            if change == .unhealthy { unhealthy.insert(node) } else { unhealthy.remove(node) }
            // A spare of the file's that was replaced, and is mended, is one as before.
            if change == .healthy, record.message.lifecycleState == .terminated, policy.spares[node] != nil {
                record.enterService(at: now)
            }
            log(
                change == .unhealthy ? .warning : .info,
                "\(node) is \(change.rawValue)" + (fault == nil ? "" : ": \(cause)"))
            changed(node)
            reconsider(at: now)
        } else if record.message.healthStatus == .unhealthy, fault != nil, record.message.cause != cause, !isSilent {
            record.message.cause = cause
            dirtyNodes.insert(node)
        }
        if change == nil, record.message.healthStatus == .healthy { forgetLadder(&record, node, at: now) }
    }

    private func hasActivity(_ node: String, since: Int64) -> Bool {
        groups.values.contains { group in
            group.message.activities.contains { $0.node == node && $0.began >= since }
        }
    }

    private func silenceCause(_ record: NodeRecord, at now: MeshInstant) -> String {
        let heard = record.lastHeard.map { "last heard \(View.text(now - $0)) earlier" } ?? "never heard"
        return "doesn't answer, \(heard)"
    }

    /// A node that has stayed well is treated as one that never failed.
    private mutating func forgetLadder(_ record: inout NodeRecord, _ node: String, at now: MeshInstant) {
        guard !record.message.tried.isEmpty,
            now - MeshInstant(nanoseconds: record.message.triedAt) > policy.replacement.relapse
        else { return }
        record.message.tried = []
        dirtyNodes.insert(node)
    }

    /// A check that means nothing. After as many as make a node Unhealthy nobody can tell how it is.
    private mutating func void(_ record: inout NodeRecord, _ node: String, at now: MeshInstant) {
        record.counter.forget()
        record.voids += 1
        guard record.voids >= policy.health.unhealthyThreshold, record.message.healthStatus != .unobservable else {
            return
        }
        record.setStatus(.unobservable, cause: "the fleet agent's own view is poor", at: now)
        unhealthy.remove(node)
        changed(node)
    }

    /// All checks under way mean nothing.
    mutating func voidRounds(at now: MeshInstant) {
        for node in nodes.keys where nodes[node]?.round != nil {
            nodes[node]?.round = nil
            nodes[node]?.counter.forget()
        }
    }

    func isSuspended(_ process: SuspendableProcess, _ record: NodeRecord) -> Bool {
        record.zones.contains { groups[$0]?.message.suspendedProcesses.contains(process) == true }
    }
}
