internal import Lighting
internal import MQTT
internal import Mesh
internal import Node

extension World {
    /// How often a sensor that sees somebody says so at least.
    private func renewal(_ zone: ZoneTruth) -> Duration { min(.seconds(10), zone.longestHold / 2) + .milliseconds(100) }

    /// See ``Invariant``.
    func newsTime(_ zone: ZoneTruth) -> Duration {
        zone.slowest + scenario.longestDelay * 2 + clockError(of: zone.site) * 2 + .milliseconds(300)
    }

    /// A node became ready, or ceased to be.
    func setReady(_ instant: MeshInstant?, of node: Int) {
        if nodes[node].ready == nil, instant == nil { return }
        nodes[node].ready = instant
        doubtSparing()
        nodes[node].changedAt = now
        if instant == nil { doubtOthers(about: node) }
    }

    /// A node's mesh time was another than it is: what it knows of others' sensors was said by another clock.
    func unsettleClock(of node: Int) {
        nodes[node].clockSince = now
        nodes[node].changedAt = now
        doubtOthers(about: node)
        for zone in zones.indices {
            guard let member = zones[zone].memberIndex[node] else { continue }
            for (place, (sensor, _)) in zones[zone].sensors.enumerated() where sensors[sensor].node != node {
                zones[zone].update(member: member) { $0.known[place] = .distantPast }
            }
        }
    }

    /// A node's mesh time was quite another: its sensors say their words anew, and to who goes by the old one still they are of
    /// another time of day.
    func disown(_ node: Int) { doubtOthers(about: node) { _ in .distantPast } }

    /// Of a node's sensors, others know only what they have certainly been told by now.
    private func doubtOthers(about node: Int) {
        doubtOthers(about: node) { now - newsTime($0) - renewal($0) }
    }

    private func doubtOthers(about node: Int, certain: (ZoneTruth) -> MeshInstant) {
        for zone in zones.indices {
            let certain = certain(zones[zone])
            for (place, (sensor, _)) in zones[zone].sensors.enumerated() where sensors[sensor].node == node {
                for member in zones[zone].members.indices where zones[zone].members[member].node != node {
                    zones[zone].update(member: member) { $0.known[place] = min($0.known[place], certain) }
                }
            }
        }
    }

    /// A node that has just begun knows nothing.
    func forgetKnowledge(of node: Int) {
        nodes[node].changedAt = now
        for zone in zones.indices {
            guard let member = zones[zone].memberIndex[node] else { continue }
            forgetKnowledge(of: zone, member: member)
        }
    }

    private func forgetKnowledge(of zone: Int, member: Int) {
        zones[zone].update(member: member) {
            $0.configuredSince = nil
            for place in $0.known.indices { $0.known[place] = .distantPast }
        }
    }

    /// Whether a node goes by a zone without all its bars: no node restores the places that a broker was never told.
    private func hasLostPlaces(_ zone: Int, member: Int) -> Bool {
        let (name, part) = (zones[zone].name, zones[zone].members[member])
        let known = nodes[part.node].ask { $0.core.zone(name)?.zone.bars } ?? []
        return part.bars.contains { bar, _ in
            !known.contains { Places.isSame($0, scenario.place(node: part.node, bar: bar)) }
        }
    }

    /// What a node can know of a zone's sensors by now.
    func learn(_ zone: Int, member: Int) {
        let node = zones[zone].members[member].node
        let name = zones[zone].name
        if !knowsPlaces(node), hasLostPlaces(zone, member: member) { forgetKnowledge(of: zone, member: member) }
        guard let revision = nodes[node].ask({ $0.core.revision(ofZone: name) }) else { return }
        if revision != zones[zone].revision || !knowsPlaces(node) {
            return zones[zone].update(member: member) { $0.configuredSince = nil }
        }
        if zones[zone].members[member].configuredSince == nil {
            zones[zone].update(member: member) { $0.configuredSince = now }
        }
        let instant = now - newsTime(zones[zone])
        for (place, (sensor, _)) in zones[zone].sensors.enumerated() {
            if sensors[sensor].stuckSince(at: now) != nil {
                zones[zone].update(member: member) { $0.known[place] = .distantPast }
                continue
            }
            guard let seen = witnessed(sensor, at: instant, zone: zone) else { continue }
            if sensors[sensor].node != node {
                guard isReady(node, since: instant), isReady(sensors[sensor].node, since: instant),
                    shareClock(node, sensors[sensor].node), shareBroker(node, sensors[sensor].node)
                else { continue }
            }
            guard let configured = zones[zone].members[member].configuredSince, configured <= instant else { continue }
            zones[zone].update(member: member) { $0.known[place] = max($0.known[place], seen) }
        }
    }

    func isReady(_ node: Int, since instant: MeshInstant) -> Bool {
        isReachable(node, since: instant) && nodes[node].clockSince <= instant && nodes[node].isClockSettled
    }

    /// Ready but for its clock.
    func isReachable(_ node: Int, since instant: MeshInstant) -> Bool {
        nodes[node].ready.map { $0 <= instant } ?? false
    }

    /// The last motion not after `instant` that the sensor's node has put into its register for the zone.
    private func witnessed(_ sensor: Int, at instant: MeshInstant, zone: Int) -> MeshInstant? {
        guard let member = zones[zone].memberIndex[sensors[sensor].node],
            let configured = zones[zone].members[member].configuredSince, configured <= instant,
            let span = sensors[sensor].span(notAfter: instant),
            !zones[zone].limited || span.lights.contains(zone)
        else { return nil }
        let last = min(instant, span.to ?? instant)
        // What began before the zone was known is told of by the next renewal.
        return span.from >= configured || last >= configured + .milliseconds(10_100) ? last : nil
    }

    /// The broker was told of a manual command, or that there is none any more.
    func noteCommand(_ message: MQTTMessage) {
        if message.payload.isEmpty {
            newestCommands[message.topic] = nil
        } else if let command = try? JSON.decode(OverrideMessage.self, from: message.payload) {
            var newest = newestCommands[message.topic]
            // By a clock that was ahead of all that are there: what is given now is newer.
            let clocks = nodes.filter {
                $0.machine != nil && $0.isClockSettled && message.topic.hasPrefix("footlight/\($0.site)/")
            }
            if !clocks.isEmpty, let issued = newest?.issued,
                clocks.allSatisfy({ $0.mesh(at: now).nanoseconds + 2_000_000_000 < issued })
            {
                newest = nil
            }
            if newest.map({ $0.issued < command.issued }) ?? true {
                newestCommands[message.topic] = (command.issued, now)
            }
        }
    }

    /// Whether a sensor's message tells of motion since the walk began: one from before may come late, or once more.
    private func isOfNow(_ payload: [UInt8], heardBy node: Int) -> Bool {
        guard let message = try? JSON.decode(SensorMessage.self, from: payload) else { return true }
        let passed = now - nodes[node].heardSince
        return message.lastMotion >= (nodes[node].mesh(at: now) - passed - .milliseconds(500)).nanoseconds
    }

    /// A message of a sensor's reached a node, or of an operator's trigger.
    func note(_ topic: String, _ kind: TopicKind, _ payload: [UInt8], heardBy node: Int) {
        nodes[node].heardAt = now
        if nodes[node].heard[topic] == nil, isOfNow(payload, heardBy: node) { nodes[node].heard[topic] = now }
        if kind == .action {
            for sensor in scenario.nodes[node].sensors {
                sensors[sensor].triggeredUntil = max(sensors[sensor].triggeredUntil, now + .seconds(10))
            }
        }
    }
}
