internal import Lighting
internal import Mesh

extension FleetCore {
    /// How many bytes a message may have: the portable profile's 128 KB.
    static let longestMessage = 131_071
    /// How many bytes an update's activity has in a group's record, a long cause included.
    static let longestActivity = 700
    /// How much is told once at most.
    private static let maximumTold = 256

    /// Takes up a message; one that can't be is refused, and what held before holds on.
    mutating func take(_ topic: String, _ payload: [UInt8], at now: MeshInstant, retained: Bool) {
        if topic.hasPrefix("$SYS/") { return view.heardSystem(at: now) }
        do throws(MessageError) {
            guard payload.count <= FleetCore.longestMessage else {
                throw MessageError(.outOfRange, field: "", reason: "\(payload.count) bytes are too many")
            }
            if let topic = FleetTopic(name: topic, site: description.site) {
                try take(topic, payload, at: now, retained: retained)
            } else if let known = Topic(name: topic, site: description.site) {
                try take(known, topic, payload, at: now, retained: retained)
            }
        } catch {
            log(.warning, "\(topic): \(error.written(by: JSON.contract(in: payload)))")
        }
    }

    /// The message of the mesh on a topic; what is left out of it, since only later contracts know it, is told once.
    private mutating func read(
        _ topic: Topic, _ name: String, _ payload: [UInt8]
    ) throws(MessageError) -> MeshMessage {
        var remark: String?
        let message = try MeshMessage(topic, payload, remark: &remark)
        if let remark { tellOnce("\(name): \(remark)") }
        return message
    }

    private mutating func tellOnce(_ line: String) {
        guard told.count < FleetCore.maximumTold, told.insert(line).inserted else { return }
        log(.warning, line)
    }

    private mutating func take(
        _ topic: FleetTopic, _ payload: [UInt8], at now: MeshInstant, retained: Bool
    ) throws(MessageError) {
        seen.insert(name(topic))
        switch topic {
        case .command where retained: if !payload.isEmpty { throw .retained(name(topic)) }
        case .command: try takeCommand(payload, at: now)
        case .activity, .result: break
        case .agent, .node, .group:
            var remark: String?
            let message = try FleetMessage(topic, payload, remark: &remark)
            if let remark { tellOnce("\(name(topic)): \(remark)") }
            switch message {
            case .agent(let id, let claim): takeClaim(of: id, claim, at: now)
            case .node(let node, let record): takeNodeRecord(node, record, retained: retained, at: now)
            case .group(let zone, let record): if let record { takeGroupRecord(zone, record, at: now) }
            case .activity, .command, .result: break
            }
        }
    }

    private mutating func take(
        _ topic: Topic, _ name: String, _ payload: [UInt8], at now: MeshInstant, retained: Bool
    ) throws(MessageError) {
        switch topic {
        case .status, .health, .result: break
        case .siteConfiguration, .zoneConfiguration, .nodeConfiguration:
            return try takeConfiguration(topic, name, payload, at: now)
        default: return
        }
        switch try read(topic, name, payload) {
        case .status(let node, let status): takeStatus(of: node, status, at: now, retained: retained)
        case .health(let node, let report): if let report { takeHealth(of: node, report, at: now) }
        case .result(let node, let result): if let result { takeResult(of: node, result, at: now) }
        default: break
        }
    }

    /// A record for a node that said something; nil: there are too many.
    private mutating func know(_ node: String) -> Bool {
        if nodes[node] != nil { return true }
        guard nodes.count < Presence.maximumNodes else { return false }
        nodes[node] = NodeRecord()
        isPlaced = false
        return true
    }

    private mutating func takeStatus(
        of node: String, _ status: NodeStatus?, at now: MeshInstant, retained: Bool
    ) {
        let before = presence[node]
        guard know(node) else { return }
        if !retained, status?.state == .online { nodes[node]?.lastHeard = now }
        guard presence.update(status, of: node) else { return }
        noticeSleep(of: node)
        guard let status else { return }
        if status.state == .online, before?.bootId != status.bootId {
            noticeBoot(of: node, isFirst: before == nil || retained, at: now)
        }
        if status.state == .online, nodes[node]?.round?.isProbed == false { probe(node, at: now) }
        if status.state == .online, before?.bootId == status.bootId { sendAgain(to: node, at: now) }
        reconsider(at: now)
    }

    /// The node's agent has started.
    private mutating func noticeBoot(of node: String, isFirst: Bool, at now: MeshInstant) {
        // A broker's older memory tells of boots that are over.
        if !isFirst || nodes[node]?.boots.isEmpty == true, let boot = presence[node]?.bootId {
            nodes[node]?.hear(boot: boot, at: now)
        }
        nodes[node]?.reportAt = nil
        nodes[node]?.faults = []
        nodes[node]?.configurationInForce = nil
        if let activity = openActivity(of: node), activity.bootId != nil, activity.bootId != presence[node]?.bootId {
            booted.insert(activity.id)
            // What was about to be sent is for a boot that is gone.
            deferred.removeAll { $0.matter == activity.id }
            nodes[node]?.expect(at: now)
            changed(node)
        } else if !isFirst, nodes[node]?.twins(at: now) == nil, presence[node]?.conflict == nil {
            let recent = nodes[node]?.unexpectedBoots.filter { now - $0 < .seconds(600) } ?? []
            nodes[node]?.unexpectedBoots = recent.suffix(20) + [now]
        }
    }

    private mutating func takeHealth(of node: String, _ report: HealthMessage, at now: MeshInstant) {
        guard know(node), var record = nodes[node] else { return }
        record.lastHeard = now
        record.reportAt = now
        record.clockOffsets = record.clockOffsets.suffix(7) + [MeshInstant(nanoseconds: report.at) - now]
        record.checks = report.checks
        record.faults = []
        record.notes = []
        let outdated = report.checks.compactMap { check in lag(of: check).map { (check.check, $0) } }
        // What was published just now may not be there yet.
        record.outdatedReports = outdated.isEmpty ? 0 : record.outdatedReports + 1
        if let check = report.check(.configuration) { record.configurationInForce = check.detail.flatMap { Int64($0) } }
        for check in report.checks {
            let rule = CheckRule.rule(for: check.check, in: policy.checks) ?? CheckRule(counts: false)
            let lag = record.outdatedReports < 2 ? nil : outdated.first { $0.0 == check.check }?.1
            guard let text = (rule.fault(of: check) ?? lag).map({ String($0.prefix(200)) }) else { continue }
            if rule.counts {
                record.faults.append(text)
            } else {
                record.notes.append(CheckFault(check: check.check, text: text))
            }
        }
        let worthKnowing = record.outdatedReports < 2 ? "" : String((outdated.first?.1 ?? "").prefix(200))
        if record.message.healthStatus == .healthy, record.message.cause != worthKnowing {
            record.message.cause = worthKnowing
            dirtyNodes.insert(node)
        }
        nodes[node] = record
    }

    /// Whether a check tells of another revision of a zone's configuration than the one that was published: which.
    private func lag(of check: HealthMessage.Check) -> String? {
        guard let zone = HealthCheck.zoneConfiguration.part(of: check.check), let group = groups[String(zone)],
            let revision = check.detail.flatMap({ Int64($0) }), revision != group.revision
        else { return nil }
        return "\(check.check): revision \(revision) is in force, \(group.revision) was published"
    }

    private mutating func takeResult(of node: String, _ result: ResultMessage, at now: MeshInstant) {
        guard know(node) else { return }
        nodes[node]?.lastHeard = now
        if let round = nodes[node]?.round, result.id == probeID(node, round.number) {
            answered(node, error: result.done ? nil : String((result.error ?? "refused").prefix(200)), at: now)
        } else if let activity = openActivity(of: node), activity.actionID == result.id, !result.done {
            refused(activity, String((result.error ?? "refused").prefix(200)), at: now)
        }
    }

    // MARK: - Configuration

    private mutating func takeConfiguration(
        _ topic: Topic, _ name: String, _ payload: [UInt8], at now: MeshInstant
    ) throws(MessageError) {
        var payload = payload
        switch try read(topic, name, payload) {
        case .siteConfiguration(let message):
            guard let message else { return }
            guard message.revision >= site?.revision ?? .min else { return restore(name) }
            for zone in site?.zones ?? [] where !message.zones.contains(zone) { forget(zone: zone) }
            site = message
            scheduleDue = now
        case .zoneConfiguration(let zone, let message):
            guard let message else { return forget(zone: zone) }
            // Removed, and back with what a broker had saved before that: the nodes take it away.
            if let site, !site.zones.contains(zone), let revision = message.revision, revision < site.revision {
                return
            }
            guard groups[zone] != nil || groups.count < FleetCore.maximumZones else {
                throw MessageError(.outOfRange, field: "", reason: "there are \(FleetCore.maximumZones) zones already")
            }
            if let known = copies[name].flatMap({ try? JSON.decode(ZoneMessage.self, from: $0) }),
                message.revision ?? .max < known.revision ?? 0
            {
                return restore(name)
            }
            if groups[zone] == nil {
                let group = unplaced.removeValue(forKey: zone)
                groups[zone] = GroupRecord(zone: message.zone, message: group ?? GroupMessage(), published: group)
                scheduleDue = now
            } else {
                groups[zone]?.zone = message.zone
            }
            groups[zone]?.revision = message.revision ?? 0
            isPlaced = false
        case .nodeConfiguration(let node, let said):
            let message = said ?? places[node]?.takenAway
            if let message, let known = places[node], message.revision < known.revision {
                return restore(name)
            }
            guard know(node) else { return }
            places.update(message, of: node)
            offers[node] = nil
            isPlaced = false
            noticeSleep(of: node)
            if payload.isEmpty, let message { payload = JSON.encode(message) }
        default: return
        }
        seen.insert(name)
        guard copies[name] != payload else { return }
        copies[name] = payload.isEmpty ? nil : payload
        actions.append(.remember(topic: name, payload: payload))
        reconsider(at: now)
    }

    mutating func remember(_ name: String, _ payload: [UInt8], at now: MeshInstant) {
        guard copies[name] == nil, let topic = Topic(name: name, site: description.site) else { return }
        do throws(MessageError) {
            try takeConfiguration(topic, name, payload, at: now)
        } catch {
            log(.warning, "remembered \(name): \(error)")
        }
        seen.remove(name)
        actions.removeAll { if case .remember = $0 { true } else { false } }
    }

    private mutating func forget(zone: String) {
        let topic = name(.zoneConfiguration(zone: zone))
        copies[topic] = nil
        guard groups.removeValue(forKey: zone) != nil else { return }
        actions.append(.remember(topic: topic, payload: []))
        isPlaced = false
        // Nobody is to find a group that isn't there any more.
        if election.state == .leader { publish(name(FleetTopic.group(zone: zone)), [], retain: true) }
    }

    /// The broker has an older one, from a backup perhaps, or from another broker by a bridge: it gets ours, whoever leads,
    /// since the leader may be at another broker.
    private mutating func restore(_ name: String) {
        guard let copy = copies[name] else { return }
        publish(name, copy, retain: true)
    }

    /// All that the broker keeps has come: what it has lost it gets back.
    mutating func restore(at now: MeshInstant) {
        let siteTopic = name(.siteConfiguration)
        let hasLostAll = !seen.contains(siteTopic)
        for topic in copies.keys.sorted() where !seen.contains(topic) && topic != siteTopic {
            guard let copy = copies[topic] else { continue }
            if case .zoneConfiguration(let zone) = Topic(name: topic, site: description.site), !hasLostAll,
                site?.zones.contains(zone) == false
            {
                forget(zone: zone)
            } else {
                publish(topic, copy, retain: true)
            }
        }
        // The list of zones comes last: it says that all of them are there.
        if hasLostAll, let copy = copies[siteTopic] {
            publish(siteTopic, copy, retain: true)
            log(.warning, "the broker had lost the site's configuration; it was restored")
        }
    }
}
