internal import Lighting

extension NodeCore {
    /// Whether this node keeps the zone: the first of its nodes that are online.
    func isKeeper(of zone: String) -> Bool {
        connection != nil && zones[zone]?.keeper == description.node
    }

    /// A manual command: its keeper makes an override of it, which all bars begin at one instant.
    mutating func takeCommand(for name: String, _ payload: [UInt8], at now: MeshInstant) throws(MessageError) {
        guard zones[name] != nil, !payload.isEmpty else { return }
        do throws(MessageError) {
            try obey(payload, in: name, at: now)
        } catch {
            let refusal = error.written(by: JSON.contract(in: payload))
            answer(payload, in: name, error: refusal.description, at: now)
            throw error
        }
    }

    /// Says to who sent a command what became of it, where that is another thing than what was asked.
    private mutating func answer(
        _ payload: [UInt8], in zone: String, error: String? = nil, note: String? = nil, at now: MeshInstant
    ) {
        guard isKeeper(of: zone), refusals.mayAnswer(at: now) else { return }
        let result = ZoneResultMessage(of: payload, id: ZoneCommand.id(in: payload), error: error, note: note)
        publish(.zoneResult(zone: zone), JSON.encode(result), retain: false)
    }

    private mutating func obey(_ payload: [UInt8], in name: String, at now: MeshInstant) throws(MessageError) {
        var (command, tolerance, remark) = try ZoneCommand.read(payload)
        note(tolerance.remark, of: Topic.set(zone: name).name(site: description.site), at: now)
        if let bar = command.bar {
            guard let place = zones[name]?.place(of: bar) else {
                throw MessageError(.outOfRange, field: "bar", reason: "\"\(bar)\" is not a bar of zone \(name)")
            }
            command.bar = place
        }
        guard connection != nil, let zone = zones[name] else { return }
        if let id = command.id, zone.override.ids.contains(id) { return }
        guard isKeeper(of: name) else {
            // What a keeper makes of a command may be here before the command.
            guard MeshInstant(nanoseconds: zone.override.issued) + NodeCore.keeperPatience < now else { return }
            zones[name]?.await(payload, at: now)
            let since = zones[name]?.unanswered?.since ?? now
            agenda.plan(.unanswered, by: since + NodeCore.keeperPatience)
            return
        }
        var override = zone.taking(command, at: now, lead: NodeCore.overrideLead)
        var message = JSON.encode(override)
        if message.count > NodeCore.longestMessage {
            override.leaveOutFormer()
            message = JSON.encode(override)
        }
        guard message.count <= NodeCore.longestMessage else {
            throw MessageError(
                .outOfRange, field: "bar",
                reason: "too many bars of the zone have commands of their own; give the zone a command, which ends them"
            )
        }
        try apply(override, to: name, original: nil, at: now)
        publish(.override(zone: name), message, retain: true)
        guard let remark else { return }
        let topic = Topic.set(zone: name).name(site: description.site)
        if let line = refusals.logged("\(topic): \(remark)", at: now) { actions.append(.log(.warning, line)) }
        answer(payload, in: name, note: remark, at: now)
    }

    mutating func takeOverride(
        of name: String, _ message: OverrideMessage?, _ payload: [UInt8], at now: MeshInstant
    ) throws(MessageError) {
        guard let zone = zones[name] else { return }
        guard let message else {
            zones[name]?.overrideSeen = true
            var message = zone.override
            message.clear()
            if message != zone.override { try apply(message, to: name, original: nil, at: now) }
            return
        }
        try message.checkIssued(at: now)
        zones[name]?.overrideSeen = message.issued >= zone.override.issued
        if message.issued > zone.override.issued {
            try apply(message, to: name, original: payload, at: now)
            if isLive, isKeeper(of: name) { reassure(at: now) }
            return
        }
        // The broker lost its last minutes, or somebody restored what is older: it is to have the newest. Not at once: it may
        // be the echo of the one before, and then the newest is under way.
        if message.issued < zone.override.issued { expectRestore(of: zone, at: now) }
    }

    /// Takes up the commands that were in force before this start, of zones that the node knows, once it knows the time.
    mutating func recall(at now: MeshInstant) {
        guard isClockTrusted, !recalled.isEmpty else { return }
        for (name, payload) in recalled.sorted(by: { $0.key < $1.key }) {
            guard let zone = zones[name] else { continue }
            recalled[name] = nil
            do throws(MessageError) {
                let message = try JSON.decode(OverrideMessage.self, from: payload)
                try message.checkIssued(at: now)
                // Not where a newer one waits until its time has come.
                let waiting = unread[Topic.override(zone: name).name(site: description.site)]
                let newest = max(zone.override.issued, waiting.flatMap { OverrideMessage.issued(in: $0) } ?? .min)
                guard message.issued > newest else { continue }
                try apply(message, to: name, original: payload, at: now)
                zones[name]?.overrideSeen = false
                expectRestore(of: zone, at: now)
            } catch {
                refuse(error, topic: Topic.override(zone: name).name(site: description.site), at: now)
                // Whose clock is wrong, that of before or the present one, is seen when this is set.
                if error.code == .future, let due = error.comes {
                    recalled[name] = payload
                    agenda.plan(.future, by: due)
                }
            }
        }
    }

    /// Mesh time jumped back: commands that were given by the old one, and would lie ahead, move along. The broker is to have
    /// them so, too: others refuse what lies ahead.
    mutating func shiftCommands(by step: Duration, at now: MeshInstant) {
        for (name, zone) in zones.sorted(by: { $0.key < $1.key }) {
            let message = zone.override.shifted(by: step, aheadOf: now + .seconds(1))
            guard message != zone.override, (try? apply(message, to: name, original: nil, at: now)) != nil else {
                continue
            }
            zones[name]?.overrideSeen = false
            expectRestore(of: zone, at: now)
        }
    }

    private mutating func apply(
        _ message: OverrideMessage, to name: String, original: [UInt8]?, at now: MeshInstant
    ) throws(MessageError) {
        let topic = Topic.override(zone: name).name(site: description.site)
        let tolerance = try zones[name]?.take(message)
        zones[name]?.overrideOriginal = original
        note(tolerance?.remark, of: topic, at: now)
        actions.append(.remember(topic: topic, payload: original ?? JSON.encode(message)))
        replan(zone: name, at: now)
    }

    /// Publishes the zones that this node keeps as one light each, where that has changed.
    mutating func keep(at now: MeshInstant) {
        guard tellsOfZones else { return }
        endCommands(at: now)
        var news: [(name: String, report: ZoneReport)] = []
        agenda[.zones] = nil
        for index in zones.positions {
            if zones.values[index].keeper == description.node {
                if let report = zones.values[index].news(at: now) { news.append((zones.keys[index], report)) }
                if let due = zones.values[index].newsDue { agenda.plan(.zones, by: due) }
            } else if zones.values[index].reported != nil {
                // What another keeper says meanwhile isn't known here.
                zones.values[index].tellAnew()
            }
        }
        for (name, report) in news.sorted(by: { $0.name < $1.name }) {
            publish(.state(zone: name), JSON.encode(report), retain: true)
        }
    }

    /// Says of commands that have ended by themselves when they did: whoever hears of it later needn't have seen who was there.
    private mutating func endCommands(at now: MeshInstant) {
        guard isClockTrusted else { return }
        var ended: [(name: String, message: OverrideMessage)] = []
        for index in zones.positions where zones.values[index].keeper == description.node {
            if let message = zones.values[index].settled(at: now) { ended.append((zones.keys[index], message)) }
        }
        for (name, message) in ended.sorted(by: { $0.name < $1.name }) {
            // By a clock beyond what messages can tell of nothing is said.
            guard (try? apply(message, to: name, original: nil, at: now)) != nil else { continue }
            publish(.override(zone: name), JSON.encode(message), retain: true)
        }
    }

    /// Whether it tells of the zones that it keeps: who has just come back doesn't know yet who else is there.
    var tellsOfZones: Bool { connection != nil && !isFresh && learnt.isRestored }

    /// Gives back to a broker that lost its memory what no node is the writer of, from its keepers' memory.
    ///
    /// A zone's keeper may not know what the others know: it was away when it was applied. So what is still lacking a few
    /// seconds later is restored by any of them.
    mutating func restore(at now: MeshInstant, isLastResort: Bool = false) {
        guard connection != nil else { return }
        let lostMemory = !learnt.siteSeen
        restorePlaces(lostMemory: lostMemory, isLastResort: isLastResort, at: now)
        if isLastResort {
            // Who took itself for the keeper meanwhile may have had the last word on a zone's state.
            for index in zones.positions { zones.values[index].tellAnew() }
            clearRemovedZones()
        } else {
            expectRestore(at: now)
        }
        var isForAll = isLastResort
        for (name, zone) in zones.sorted(by: { $0.key < $1.key }) {
            let topic = Topic.zoneConfiguration(zone: name)
            if !zone.configurationSeen, !lostMemory, site?.zones.contains(name) == false {
                // Removed while this node was away.
                take(topic: topic.name(site: description.site), payload: [], at: now, remembered: false)
                continue
            }
            guard isLastResort || isKeeper(of: name) else { continue }
            isForAll = true
            if !zone.configurationSeen { publish(topic, zone.configuration, retain: true) }
            if !zone.overrideSeen, zone.override.issued > 0 {
                publish(
                    .override(zone: name), zone.overrideOriginal ?? JSON.encode(zone.override), retain: true)
            }
        }
        if lostMemory, isForAll, site != nil { publish(.siteConfiguration, siteOriginal, retain: true) }
    }

    /// Takes from the broker what it has again of zones that the site has no more.
    private mutating func clearRemovedZones() {
        for name in learnt.removedZones.sorted() where site?.zones.contains(name) == false {
            for topic in [Topic.zoneConfiguration(zone: name), .override(zone: name), .state(zone: name)] {
                publish(topic, [], retain: true)
            }
        }
        learnt.removedZones = []
    }

    /// Looks again when the keeper has had its time; one node after another, so that one does for all.
    ///
    /// - Parameter zone: among whose nodes this one has its turn; nil: among those of its first zone, or of the site.
    mutating func expectRestore(of zone: ZoneRecord? = nil, at now: MeshInstant) {
        guard !agenda.has(.lastResort) else { return }
        let nodes = (zone ?? zones.min { $0.key < $1.key }?.value)?.nodes ?? presence.clockOrder
        let rank = nodes.firstIndex(of: description.node) ?? 0
        agenda[.lastResort] = now + NodeCore.restoreDelay * 3 + .milliseconds(50) * rank
    }
}
