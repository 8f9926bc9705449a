internal import Lighting

extension NodeCore {
    /// What every node listens to, whatever its zones.
    static func fixedFilters(of description: NodeDescription) -> [String] {
        let topics: [Topic] = [
            .siteConfiguration, .action(node: description.node), .status(node: "+"), .nodeConfiguration(node: "+"),
            .zoneConfiguration(zone: "+"),
        ]
        return topics.map { $0.name(site: description.site) }
    }

    mutating func connected(_ connection: Int, at now: MeshInstant) {
        self.connection = connection
        takeovers.connected(at: now)
        saidConflict = takeovers.conflict(at: now)?.bootId
        learnt = SessionKnowledge()
        filters.begin()
        agenda[.restore] = nil
        agenda[.lastResort] = nil
        agenda[.unanswered] = nil
        for index in zones.positions {
            zones.values[index].awaitNothing()
            zones.values[index].configurationSeen = false
            zones.values[index].overrideSeen = false
            zones.values[index].tellAnew()
        }
        agenda[.health] = now
        let status = description.status(status, connection: connection, conflict: saidConflict, broker: broker)
        presence.update(status, of: description.node)
        let isOther = presence.learn(description.bars, of: description.node)
        for index in zones.positions {
            zones.values[index].elect(presence, after: description.node)
            if isOther { zones.values[index].learnModes(presence) }
        }
        // The birth comes back by the subscription, after what the broker had kept.
        subscribe()
        publish(.status(node: description.node), JSON.encode(status), retain: true)
        // The first attempts may have come to nothing.
        if !hasConnected { for bar in bars.indices { report(bar: bar) } }
        hasConnected = true
    }

    /// Brings the subscriptions in line with the zones that the node has a part in.
    mutating func subscribe() {
        guard connection != nil else { return }
        let (more, fewer) = filters.news()
        if !more.isEmpty { actions.append(.subscribe(more)) }
        if !fewer.isEmpty { actions.append(.unsubscribe(fewer)) }
    }

    /// Takes note of who has a part in a zone, which is new or another, and of what is to be subscribed to for it.
    mutating func need(zone name: String) {
        guard let record = zones[name] else { return }
        let (site, zone, before) = (description.site, record.state.zone, Set(record.filters))
        var wanted: Set = [Topic.set(zone: name).name(site: site), Topic.override(zone: name).name(site: site)]
        for sensor in zone.sensors.keys {
            guard let place = Name.place(sensor), let part = place.part else { continue }
            let topic = Topic.sensor(node: place.node, sensor: part).name(site: site)
            wanted.insert(topic)
            // What it said before says something of this zone, too: only now does that matter here.
            if place.node != description.node, !before.contains(topic) { self.filters.renew(topic) }
        }
        // Whose sensors light the zone, decides when, and whether it is dark enough; each bar whether for its guide light.
        let hasSensors = sensors.indices.contains { zone.sensors[place(of: $0)] != nil }
        if hasSensors { wanted.insert(Topic.delivery(node: "+").name(site: site)) }
        if hasSensors || zone.hasStandby, let light = zone.onlyWhenDark.flatMap({ Name.place($0.sensor) }),
            let part = light.part, light.node != description.node
        {
            wanted.insert(Topic.light(node: light.node, light: part).name(site: site))
        }
        let filters = wanted.sorted()
        self.filters.replace(record.filters, with: filters)
        parts.set(name, nodes: record.nodes)
        zones[name]?.filters = filters
        zones[name]?.learnModes(presence)
    }

    /// Takes up a message; a bad one changes nothing and is told of.
    mutating func take(topic name: String, payload: [UInt8], at now: MeshInstant, remembered: Bool) {
        guard let topic = Topic(name: name, site: description.site) else { return }
        let waiting = unread.isEmpty ? nil : unread.removeValue(forKey: name)
        do throws(MessageError) {
            switch topic {
            case .override(let zone) where remembered:
                recalled[zone] = payload
                if !isClockTrusted { hear(OverrideMessage.issued(in: payload)) }
                recall(at: now)
            // Commands are for an instant, and who doesn't know the time can neither give nor place one.
            case .override(let zone) where !isClockTrusted:
                zones[zone]?.overrideSeen = true
                postpone(name, payload, said: OverrideMessage.issued(in: payload))
            case .set where !isClockTrusted: postpone(name, payload)
            case .status(let node) where node == description.node: try takeOwnStatus(payload, at: now)
            case .result(let node) where node == description.node && remembered: try recall(payload)
            default:
                guard isOurs(topic) else { return }
                try take(topic, name, payload, at: now, remembered: remembered)
            }
            // What the node remembers says nothing of what the broker has.
            if !remembered { refusals.taken(name) }
        } catch {
            refuse(error.written(by: contract(of: topic, payload)), topic: name, at: now)
            // Whose clock was wrong, ours or the other's, is seen when ours is set, or when that time has come.
            if error.code == .future { postpone(name, payload, until: error.comes, insteadOf: waiting) }
        }
    }

    private mutating func take(
        _ topic: Topic, _ name: String, _ payload: [UInt8], at now: MeshInstant, remembered: Bool
    ) throws(MessageError) {
        var remark: String?
        switch try MeshMessage(topic, payload, remark: &remark) {
        case .siteConfiguration(let site):
            if let site { takeSite(site, remark, payload, topic: name, at: now, remembered: remembered) }
        case .zoneConfiguration(let zone, let message):
            try takeConfiguration(of: zone, message, remark, payload, topic: name, at: now, remembered: remembered)
        case .nodeConfiguration(let node, let places):
            takePlaces(of: node, places, remark, payload, topic: name, at: now, remembered: remembered)
        case .status(let node, let status): takeStatus(of: node, status, at: now)
        case .sensor(let node, let sensor, let message):
            filters.hear(name)
            if let message {
                postpone(name, payload, said: message.unsynchronised == true ? nil : message.lastMotion)
            }
            try takeSensor(node, sensor, message, at: now)
        case .delivery(let node, let message): takeDelivery(of: node, message)
        case .light(let node, let light, let message): takeLight(node, light, message, at: now)
        case .override(let zone, let message): try takeOverride(of: zone, message, payload, at: now)
        case .set(let zone, let command): try takeCommand(for: zone, command, at: now)
        case .action(_, let action): if let action { try takeAction(action, at: now) }
        case .health, .bar, .result, .zoneResult, .state, .telemetry: break
        }
    }

    /// Whether what is said there says something to the node: what doesn't isn't read, and can't be wrong.
    private func isOurs(_ topic: Topic) -> Bool {
        switch topic {
        case .siteConfiguration, .zoneConfiguration, .nodeConfiguration, .status, .sensor, .delivery, .set: true
        case .light(let node, let light): isAwaited(light: "\(node)/\(light)", of: node)
        case .override(let zone): zones[zone] != nil
        case .action(let node): node == description.node
        case .health, .bar, .result, .zoneResult, .state, .records, .recorded, .collector: false
        }
    }

    /// The topic of the mesh of this name, or nil where it is none of this site's.
    public func topic(_ name: String) -> Topic? { Topic(name: name, site: description.site) }

    /// Whether what is said on a topic is for the instant at which it is said: kept, it would be obeyed at each start.
    func isOfAnInstant(_ name: String) -> Bool {
        switch Topic(name: name, site: description.site) {
        case .set: true
        case .action(let node): node == description.node
        default: false
        }
    }

    /// What of that the broker has kept all the same, and how to clear it.
    var retainedActionChecks: [HealthMessage.Check] {
        guard let topic = learnt.retainedActions.min() else { return [] }
        return [
            .init(
                .retainedActions, healthy: false, value: Double(learnt.retainedActions.count),
                detail: "\(topic): \(MessageError.retained(topic))")
        ]
    }

    mutating func refuse(_ error: MessageError, topic: String, at now: MeshInstant) {
        if let line = refusals.add(error, topic: topic, at: now) { actions.append(.log(.warning, line)) }
    }

    private mutating func takeSite(
        _ message: SiteMessage, _ remark: String?, _ payload: [UInt8], topic: String, at now: MeshInstant,
        remembered: Bool
    ) {
        let isOld = message.revision < site?.revision ?? .min
        if !remembered { learnt.siteSeen = !isOld }
        if isOld, !remembered { expectRestore(at: now) }
        guard !isOld else { return }
        note(remark, of: topic, at: now)
        guard message != site else { return }
        if site == nil || site?.timeZone != message.timeZone { actions.append(.loadTimeZone(message.timeZone)) }
        let isMoved = site?.location != message.location
        site = message
        if isMoved { take(clock, at: now) }
        siteOriginal = payload
        if !remembered { actions.append(.remember(topic: topic, payload: payload)) }
        guard !remembered else { return }
        for (name, zone) in zones.sorted(by: { $0.key < $1.key })
        where !message.zones.contains(name) && zone.revision > 0 && zone.revision < message.revision {
            remove(zone: name, at: now)
        }
    }

    /// A zone that the site has no more: the broker may have it still, or again.
    private mutating func remove(zone name: String, at now: MeshInstant) {
        forget(zone: name, topic: Topic.zoneConfiguration(zone: name).name(site: description.site), at: now)
        learnt.removedZones.insert(name)
        expectRestore(at: now)
    }

    private mutating func takeConfiguration(
        of name: String, _ message: ZoneMessage?, _ remark: String?, _ payload: [UInt8], topic: String,
        at now: MeshInstant, remembered: Bool
    ) throws(MessageError) {
        guard let message else {
            if !remembered, let zone = zones[name], site?.zones.contains(name) == true {
                // Somebody's older word, sent again by a connection that was cut: what the site has isn't removed.
                zones[name]?.configurationSeen = false
                return expectRestore(of: zone, at: now)
            }
            learnt.removedZones.remove(name)
            forget(zone: name, topic: topic, at: now)
            return
        }
        let zone = message.zone
        if !remembered, let site, !site.zones.contains(name), let revision = message.revision, revision < site.revision
        {
            // It has been removed, and came back with what a broker had saved before that.
            return remove(zone: name, at: now)
        }
        let revision = message.revision ?? zones[name]?.revision ?? 0
        if let known = zones[name], revision < known.revision {
            // Somebody restored an older one, for lack of a better: the broker is to have the newest.
            if !remembered, isKeeper(of: name) {
                publish(.zoneConfiguration(zone: name), known.configuration, retain: true)
            } else if !remembered {
                zones[name]?.configurationSeen = false
                expectRestore(of: known, at: now)
            }
            return
        }
        guard ZoneRecord.has(description.node, in: places.filled(zone)) else {
            // Once it was ours, perhaps.
            if zones[name] != nil { forget(zone: name, topic: topic, at: now) }
            return
        }
        guard zones[name] != nil || zones.count < NodeCore.maximumZones else {
            throw MessageError(
                .outOfRange, field: "", reason: "the node has a part in \(NodeCore.maximumZones) zones already")
        }
        let others = configurationBytes - (zones[name]?.configuration.count ?? 0)
        guard others + payload.count <= NodeCore.maximumConfigurationBytes else {
            throw MessageError(
                .outOfRange, field: "",
                reason: "the node's zones would need more than \(NodeCore.maximumConfigurationBytes) bytes together")
        }
        if zones[name] == nil {
            zones[name] = ZoneRecord(
                zone, configuration: payload, revision: revision, clock: clock, places: places,
                triggers: description.triggers)
        } else {
            zones[name]?.take(zone, configuration: payload, revision: revision, places: places, at: now)
        }
        note(remark, of: topic, at: now)
        configurationBytes = others + payload.count
        zones[name]?.elect(presence)
        if !remembered { zones[name]?.configurationSeen = true }
        if !remembered { actions.append(.remember(topic: topic, payload: payload)) }
        need(zone: name)
        subscribe()
        // Whoever moved before the zone was known still does: said at once, not with the next renewal.
        let filled = zones[name]?.state.zone ?? zone
        for index in sensors.indices where sensors[index].motion && filled.sensors[place(of: index)] != nil {
            if sensors[index].registers[name] == nil { sensors[index].renewDue = now }
        }
        renewHolds(of: name, at: now)
        // A sensor that the zone has again: the others hear what the broker kept of it, so that holds here, too.
        for index in sensors.indices where sensors[index].registers[name] != nil {
            let place = place(of: index)
            if filled.sensors[place] != nil { zones[name]?.registers[place] = sensors[index].registers[name] }
        }
        zones[name]?.merge(presence, own: description.node)
        replan(zone: name, at: now)
        judgeLight(of: name, at: now)
        recall(at: now)
    }

    mutating func forget(zone name: String, topic: String, at now: MeshInstant) {
        guard let zone = zones.removeValue(forKey: name) else { return }
        configurationBytes -= zone.configuration.count
        filters.replace(zone.filters, with: [])
        parts.set(name, nodes: [])
        for topic in [topic, Topic.override(zone: name).name(site: description.site)] { note(nil, of: topic, at: now) }
        for index in sensors.indices where sensors[index].registers.removeValue(forKey: name) != nil { say(index) }
        actions.append(.remember(topic: topic, payload: []))
        recalled[name] = nil
        actions.append(.remember(topic: Topic.override(zone: name).name(site: description.site), payload: []))
        subscribe()
        replan(zone: name, at: now)
    }

    private mutating func takeStatus(of node: String, _ said: NodeStatus?, at now: MeshInstant) {
        var status = said
        let known = presence[node]
        // What this broker kept from before the node went to another says nothing of where it is.
        if let status, !(known.map { status.isOlder(than: $0) } ?? false) { learnt.heardHere.insert(node) }
        // What hardware others have is nothing to a node but for what light it can show, and may be long.
        if presence.learn(status?.bars, of: node) {
            for zone in parts.zones(of: node) { zones[zone]?.learnModes(presence) }
        }
        status?.bars = []
        status?.sensors = []
        status?.lights = nil
        let wasOnline = presence.isOnline(node)
        let isSameConnection = status?.bootId == known?.bootId && status?.connection == known?.connection
        // What it says now it says itself: what the broker kept anybody may have outlived.
        let isBelieved = isLive && presence.trust(node)
        guard presence.update(status, of: node) || isBelieved else { return }
        if isLive, !isSameConnection, presence.isOnline(node) { actions.append(.tellClock(returned: node)) }
        let affected = parts.zones(of: node)
        for zone in affected { zones[zone]?.elect(presence, after: node) }
        let isSame = wasOnline == presence.isOnline(node)
        // Who was cut off, or at another broker, may have taken itself for the keeper: its keeper says the zone's state anew.
        if !isSame || !isSameConnection { for zone in affected { zones[zone]?.tellAnew() } }
        guard !isSame else { return }
        judgeLight(by: node, at: now)
        // What its sensors see counts while it is there.
        merge(affected.filter { zones[$0]?.knowsSensors(of: node) == true }, at: now)
    }

    /// Somebody's, or the broker's with an older will, or nothing, or rubbish: our word is the last.
    private mutating func takeOwnStatus(_ payload: [UInt8], at now: MeshInstant) throws(MessageError) {
        guard let connection else { return }
        var own = description.status(status, connection: connection, conflict: saidConflict, broker: broker)
        func answer() { publish(.status(node: description.node), JSON.encode(own), retain: true) }
        guard !payload.isEmpty else { return answer() }
        do throws(MessageError) {
            let status = try NodeStatus(bytes: payload)
            if status == own { learnt.knowsWhoIsThere = true }
            if meet(status, at: now) { return }
            own.conflict = saidConflict
            // Not to another that says it is this node, and is younger: the two would go on for ever.
            let isOfThisLife = status.bootId == own.bootId
            if status != own, isOfThisLife || status.state != .online || status.isOfEarlierLife(than: own) { answer() }
        } catch {
            answer()
            throw error
        }
    }

    private mutating func takeSensor(
        _ node: String, _ sensor: String, _ message: SensorMessage?, at now: MeshInstant
    ) throws(MessageError) {
        let name = "\(node)/\(sensor)"
        if node == description.node, let message, !isLive { recall(own: sensor, message, at: now) }
        let isTimed = isClockTrusted && message?.unsynchronised != true
        // What the broker had kept can't be placed in time then.
        if let message, !isTimed {
            // Nor may what is said to be over be long over: a node that reconnects says all again.
            let isKnown = zones.values.contains { $0.registers[name]?.motion == true }
            guard isLive, message.motion || isKnown else { return }
        }
        let read = try (isTimed ? message : message?.asOfArrival(at: now))?
            .read(at: now, contract: presence[node]?.contract)
        let registers = read?.registers ?? [:]
        note(read?.tolerance.remark, of: Topic.sensor(node: node, sensor: sensor).name(site: description.site), at: now)
        if node == description.node {
            remember(own: sensor, registers, at: now)
            if let message, !isLive { correct(own: sensor, message) }
            return
        }
        for index in zones.positions where zones.values[index].state.zone.sensors[name] != nil {
            let known = zones.values[index].registers[name]
            let new = registers[zones.keys[index]]
            // Only a later contract makes sense of it.
            if new == nil, message?.zones[zones.keys[index]] != nil { continue }
            if isLive, isTimed, let edge = new?.lastEdge, edge > known?.lastEdge ?? .distantPast {
                deliveries.arrived(edge, at: now)
            }
            // A broker that lost its last minutes brings back what we know better, to the sensor's node, too. What that has
            // seen itself is its last word, though: its clock may have been set back.
            let last = new?.lastMotion ?? message.map { MeshInstant(nanoseconds: $0.lastMotion) }
            let isNews = isLive && message?.recalled != true
            if !isNews, !untimed.contains(name), let known, let last, last < known.lastMotion {
                if isLive, message?.motion == false { zones.values[index].registers[name]?.motion = false }
                // It may be the newer all the same: what is known was said by a clock that is set back yet.
                if !isLive, let message { reconsider(message, of: Topic.sensor(node: node, sensor: sensor)) }
                continue
            }
            zones.values[index].registers[name] = new
        }
        if isTimed { untimed.remove(name) } else { untimed.insert(name) }
        merge(at: now) { $0.state.zone.sensors[name] != nil }
        for index in zones.positions where zones.values[index].state.zone.sensors[name] != nil {
            holdLate(index, at: now)
        }
    }

    private mutating func takeDelivery(of node: String, _ message: DeliveryMessage?) {
        deliveries.hear(message?.delay, from: node)
    }
}
