internal import Lighting
internal import Mesh

extension FleetCore {
    /// A gap longer than this between two events, of which there is one every beat, means that the agent was stopped.
    private var absence: Duration { policy.beat * 2 + .seconds(1) }

    mutating func connected(at now: MeshInstant) {
        view.connected(true, at: now)
        takeovers.connected(at: now)
        seen = []
        discovered = [:]
        // It may be another broker now.
        elsewhere = Elsewhere()
        isSettling = true
        beatDue = nil
    }

    mutating func settled(at now: MeshInstant) {
        guard isSettling else { return }
        isSettling = false
        election.settled(at: now)
        restore(at: now)
        beatDue = now
    }

    mutating func disconnected(at now: MeshInstant) {
        guard view.isConnected else { return }
        view.connected(false, at: now)
        takeovers.lost(at: now)
        election.disconnected()
        echoes.clear()
        beatDue = nil
        log(.warning, "no broker: every node is unobservable, nothing is replaced")
    }

    /// Whoever was stopped finds all deadlines passed, and the answers waiting in its socket: they go first.
    mutating func noticeAbsence(at now: MeshInstant) {
        guard let last = lastHandled, view.isConnected, beatDue != nil, now - last > absence else { return }
        view.wasAway(since: last, at: now)
        voidRounds(at: now)
        log(.warning, "the fleet agent itself was away for \(View.text(now - last)); checks begin anew")
    }

    /// Sees to its own claim, and to what follows from leading or not.
    mutating func lead(at now: MeshInstant) {
        guard view.isConnected, !isSettling else { return endActing() }
        let problem = problem(at: now)
        view.note(problem: problem, at: now)
        let before = election.state
        if election.decide(at: now, problem: problem) { beatDue = now }
        if before != .leader, election.state == .leader { takeOver(at: now) }
        if before == .leader, election.state != .leader {
            log(.warning, "\(description.id) leads no more")
            endActing()
        }
        if let due = beatDue, due <= now {
            beatDue = now + policy.beat
            publish(name(FleetTopic.agent(description.id)), JSON.encode(nextClaim(at: now)), retain: true)
            if election.state == .leader { evaluateDue = min(evaluateDue ?? now, now) }
        }
    }

    mutating func takeClaim(of id: String, _ claim: AgentClaim?, at now: MeshInstant) {
        guard id == description.id else {
            let before = election.leader(at: now)
            election.heard(claim, of: id, at: now)
            if let leader = election.leader(at: now), leader != before, leader != description.id {
                log(.info, "\(leader) leads")
            }
            return
        }
        guard let claim else {
            beatDue = now
            return
        }
        if giveWay(to: claim, at: now) { return }
        if let delay = election.echo(claim, at: now) {
            view.echo(after: delay)
        } else if !claim.online, claim.bootId == description.bootId {
            // An older connection's will, come late.
            beatDue = now
        }
    }

    /// From now on it acts. What its predecessor began, it finds in the records.
    private mutating func takeOver(at now: MeshInstant) {
        log(.info, "\(description.id) leads from now on, term \(election.term)")
        wasLeader = true
        queue.removeAll()
        for node in nodes.keys {
            nodes[node]?.restart()
            guard election.wasContested || !seen.contains(name(FleetTopic.node(node))) else { continue }
            nodes[node]?.published = nil
            if nodes[node]?.zones.isEmpty == false || nodes[node]?.message.isSpare == true { dirtyNodes.insert(node) }
        }
        election.wroteAnew()
        unhealthy = Set(nodes.filter { $0.value.message.healthStatus == .unhealthy }.keys)
        deferred = []
        offers = [:]
        stepDue = [:]
        booted = []
        let settlesAt = now + policy.health.detectionTime.upperBound
        for zone in groups.keys {
            groups[zone]?.published = nil
            dirtyGroups.insert(zone)
            // For how long it has been held back counts, whoever led.
            if let message = groups[zone]?.message, let since = message.holdingSince {
                groups[zone]?.hold = message.holding.map { ($0, MeshInstant(nanoseconds: since)) }
            }
            groups[zone]?.inheritsUntil = settlesAt
            groups[zone]?.settlesAt = settlesAt
        }
        place(at: now)
        scheduleDue = now
        // Whose place was to be given away by a record that never came to the broker.
        for node in nodes.keys.sorted()
        where nodes[node]?.message.lifecycleState == .terminating && openActivity(of: node) == nil {
            countAgain(node, at: now)
            changed(node)
        }
        resumeActivities(at: now)
        reconsider(at: now)
    }

    private mutating func endActing() {
        guard wasLeader else { return }
        wasLeader = false
        deferred = []
        for node in nodes.keys where nodes[node]?.round != nil { nodes[node]?.round = nil }
    }

    // MARK: - Records

    /// Publishes what has changed of nodes and groups.
    mutating func publishRecords(at now: MeshInstant) {
        for node in dirtyNodes.sorted() {
            guard var record = nodes[node] else { continue }
            guard record.isOurs else {
                forget(node)
                if record.published != nil { publish(name(FleetTopic.node(node)), [], retain: true) }
                continue
            }
            record.message.groups = record.zones
            record.message.contract = Version.contract
            guard record.message != record.published else { continue }
            record.message.stamp = record.message.stamp.next(in: election.term)
            record.published = record.message
            nodes[node] = record
            publish(record.message, record.message.stamp, at: .node(node))
        }
        dirtyNodes = []
        for zone in dirtyGroups.sorted() { publishGroup(zone, at: now) }
        dirtyGroups = []
    }

    /// Publishes a record, which is to come back.
    private mutating func publish(_ record: some Encodable, _ stamp: Stamp, at topic: FleetTopic) {
        let topic = name(topic)
        echoes.sent(stamp, of: topic)
        publish(topic, JSON.encode(record), retain: true)
    }

    /// What was made of a node that has no place any more, and is no spare, is no more.
    private mutating func forget(_ node: String) {
        nodes[node]?.message = NodeMessage()
        nodes[node]?.published = nil
        nodes[node]?.round = nil
        nodes[node]?.counter = VerdictCounter()
        unhealthy.remove(node)
    }

    /// Publishes a group if anything of it has changed.
    mutating func publishGroup(_ zone: String, at now: MeshInstant) {
        guard var group = groups[zone] else { return }
        summarise(&group, at: now)
        group.message.contract = Version.contract
        if group.message != group.published {
            group.message.stamp = group.message.stamp.next(in: election.term)
            group.published = group.message
            publish(group.message, group.message.stamp, at: .group(zone: zone))
        }
        groups[zone] = group
    }

    /// Whether it is a former leader's word that came to the broker after this agent's claim: its writer hears of that claim
    /// before it hears itself, and does nothing of what it wrote.
    private func isTooLate(_ stamp: Stamp) -> Bool { election.state == .leader && stamp.term < election.term }

    mutating func takeNodeRecord(
        _ node: String, _ message: NodeMessage?, retained: Bool, at now: MeshInstant
    ) {
        guard let message else {
            guard let record = nodes[node] else { return }
            // A person forgot a node that has lost its places and was given none, nor is one named after it.
            let isForgotten =
                record.message.lifecycleState == .terminated && record.zones.isEmpty && policy.spares[node] == nil
                && !owners.contains(node)
            if !record.isOurs || isForgotten {
                dirtyNodes.remove(node)
                return forget(node)
            }
            // Somebody took it away.
            nodes[node]?.published = nil
            dirtyNodes.insert(node)
            return
        }
        election.heard(recordOf: message.stamp.term)
        guard nodes[node] != nil || nodes.count < Presence.maximumNodes else { return }
        let isForeign = !echoes.take(message.stamp, of: name(.node(node))) && election.state == .leader
        let known = nodes[node]?.message.stamp ?? .none
        if isTooLate(message.stamp) {
            // It may have led on the other side of a broken bridge, and given places away there. Those that the node fills
            // all the same are left out as soon as that is looked at.
            let former = nodes[node]?.message.formerPlaces ?? []
            nodes[node]?.message.formerPlaces = former + message.formerPlaces.filter { !former.contains($0) }
            isPlaced = false
            nodes[node]?.published = nil
            dirtyNodes.insert(node)
        } else if message.stamp > known {
            var record = nodes[node] ?? NodeRecord()
            let ours = record.message
            if ours.stamp.term < message.stamp.term, !Set(ours.formerPlaces).isSubset(of: message.formerPlaces) {
                // Whoever leads now, come from beyond a broken bridge perhaps, is to hear what was given away here: once, as
                // this is the last that is known of it here, and unkept, as its own word stands.
                publish(name(FleetTopic.node(node)), JSON.encode(ours), retain: false)
            }
            record.message = message
            record.published = message
            record.restart()
            if nodes[node] == nil { isPlaced = false }
            nodes[node] = record
            if message.healthStatus == .unhealthy { unhealthy.insert(node) } else { unhealthy.remove(node) }
        } else if retained && message.stamp < known || message.stamp.term < known.term || isForeign {
            // What a broker has lost, or another leader's word: ours is the last.
            nodes[node]?.published = nil
            dirtyNodes.insert(node)
        }
    }

    mutating func takeGroupRecord(_ zone: String, _ message: GroupMessage, at now: MeshInstant) {
        election.heard(recordOf: message.stamp.term)
        guard let known = groups[zone] else {
            if unplaced[zone] != nil || unplaced.count < FleetCore.maximumZones,
                message.stamp > unplaced[zone]?.stamp ?? .none
            {
                unplaced[zone] = message
            }
            return
        }
        let isForeign = !echoes.take(message.stamp, of: name(.group(zone: zone))) && election.state == .leader
        if isTooLate(message.stamp) || isForeign && message.stamp <= known.message.stamp {
            groups[zone]?.published = nil
            dirtyGroups.insert(zone)
        } else if message.stamp > known.message.stamp {
            groups[zone]?.message = message
            groups[zone]?.published = message
        }
        guard message.stamp.term == election.term else { return }
        for index in deferred.indices where deferred[index].zone == zone && deferred[index].stamp <= message.stamp {
            deferred[index].isWritten = true
        }
    }

    /// What was written has come back: what was to follow it is sent.
    mutating func sendDeferred() {
        for entry in deferred where entry.isWritten {
            for publication in entry.publications { actions.append(.publish(publication)) }
        }
        deferred.removeAll { $0.isWritten }
    }
}
