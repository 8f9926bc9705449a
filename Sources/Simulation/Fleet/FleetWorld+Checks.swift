internal import Fleet
internal import Lighting
internal import MQTT
internal import Mesh

extension FleetWorld {
    /// An activity begins, or goes on to its next step: is there a reason?
    mutating func judge(_ payload: [UInt8]) {
        guard case .activity(let activity)? = try? FleetMessage(.activity, payload), activity.kind == .replacement,
            activity.isOpen, let index = nodes.firstIndex(where: { $0.name == activity.node })
        else { return }
        replacements += 1
        // Whoever is beyond a broken bridge is as good as gone.
        guard scenario.far == nil else { return }
        let node = nodes[index]
        let recent = node.lastFailed.map { now - $0 < .seconds(420) } ?? false
        if node.failedAt == nil, !recent { violate("false replacement: \(activity.line)") }
        if let spare = activity.spare, spare != activity.node,
            let message = nodes.first(where: { $0.name == spare })?.configuration,
            message.bars?.values.contains(where: { !$0.isEmpty }) == true
        {
            violate("\(spare), which has a place, is given another: \(activity.line)")
        }
    }

    /// What the first broker keeps on a topic; nil: nothing that can be read.
    private func kept(_ topic: FleetTopic) -> FleetMessage? {
        brokers[0].retained[topic.name(site: FleetWorld.site)].flatMap { try? FleetMessage(topic, $0) }
    }

    /// What is retained on the broker is looked at as it comes.
    mutating func observe(_ message: MQTTMessage) {
        guard let topic = FleetTopic(name: message.topic, site: FleetWorld.site) else { return }
        switch try? FleetMessage(topic, message.payload) {
        case .group(let zone, let group?)?:
            let open = group.activities.filter(\.isOpen)
            let size = scenario.zones[Int(zone.dropFirst(4)) ?? 0]
            largestAway = max(largestAway, open.count)
            if open.count > scenario.policy.replacement.limit(of: size) {
                violate("\(open.count) of \(size) nodes of \(zone) are seen to at once")
            }
            let updates = open.filter { $0.kind == .update }.compactMap { activity in
                nodes.firstIndex { $0.name == activity.node }
            }.sorted()
            for (a, b) in zip(updates, updates.dropFirst()) where b == a + 1 {
                violate("neighbours \(nodes[a].name) and \(nodes[b].name) are updated at once")
            }
            // What one side of a broken bridge wrote may count for nothing in the end.
            guard scenario.far == nil else { return }
            history.observe(group, of: zone)
            considerKill()
        case .node(let name, let record?)?:
            guard record.healthStatus == .unhealthy, let index = nodes.firstIndex(where: { $0.name == name }),
                let failedAt = nodes[index].failedAt, !nodes[index].isDetected
            else { return }
            nodes[index].isDetected = true
            detections.append((now - failedAt).seconds)
        default: break
        }
    }

    /// After a long calm everything is decided.
    mutating func checkEnd() {
        // While many packets are lost, a leader may have to wait for its sign of life now and then.
        if now - lastLed > .seconds(60) { return violate("no fleet agent leads in the end") }
        for zone in scenario.zones.indices {
            guard case .group(_, let group?)? = kept(.group(zone: "zone\(zone)")) else {
                return violate("zone\(zone) has no record in the end")
            }
            if let open = group.activities.first(where: \.isOpen) { violate("never ends: \(open.line)") }
            if let refresh = group.refresh, refresh.isOpen { violate("refresh never ends: \(refresh)") }
        }
        checkHistory()
        if scenario.far == nil { checkDoubles() }
        for node in nodes {
            guard case .node(_, let record?)? = kept(.node(node.name)) else {
                violate("\(node.name) has no record in the end")
                continue
            }
            // Unobservable is no lie: while every fifth packet is lost, the view may be poor at any moment.
            let isDoubted = record.healthStatus == .unobservable && scenario.loss >= 0.2
            if node.failedAt == nil, record.healthStatus != .healthy, !isDoubted {
                violate("\(node.name) works and is \(record.healthStatus.rawValue) in the end: \(record.cause)")
            }
            let isExpected = record.lifecycleState == .inService && !record.groups.isEmpty && node.boot > 0
            if let failedAt = node.failedAt, now - failedAt > .seconds(600), isExpected,
                record.healthStatus == .healthy
            {
                violate("\(node.name) has failed and is Healthy in the end")
            }
        }
    }

    /// No place was given to two, where there is one who gives.
    private mutating func checkDoubles() {
        var places: [String: String] = [:]
        for node in nodes {
            let topic = Topic.nodeConfiguration(node: node.name).name(site: FleetWorld.site)
            guard let payload = brokers[0].retained[topic],
                let message = try? JSON.decode(PlacesMessage.self, from: payload)
            else { continue }
            for place in message.bars?.values ?? [:].values where !place.isEmpty {
                if let other = places[place] { violate("\(place) is filled by \(other) and by \(node.name)") }
                places[place] = node.name
            }
        }
    }
}
