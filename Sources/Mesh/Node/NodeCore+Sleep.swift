internal import Lighting

extension NodeCore {
    /// What the node is at present.
    var status: NodeStatus.State { isAsleep ? .sleeping : .online }

    /// Its own configuration says until when it sleeps, or nothing.
    mutating func followSleep(at now: MeshInstant) {
        let until = places[description.node]?.sleepUntil.map { MeshInstant(nanoseconds: $0) }
        sleep(until: until.flatMap { $0 > now ? $0 : nil }, at: now)
    }

    /// Falls asleep or wakes; bars fade, they don't jump.
    mutating func sleep(until: MeshInstant?, at now: MeshInstant) {
        let wasAsleep = isAsleep
        agenda[.wake] = until
        isAsleep = until != nil
        guard isAsleep != wasAsleep else { return }
        actions.append(.log(.info, isAsleep ? "falls asleep" : "wakes"))
        if let connection {
            let status = description.status(status, connection: connection, conflict: saidConflict, broker: broker)
            presence.update(status, of: description.node)
            publish(.status(node: description.node), JSON.encode(status), retain: true)
            for index in zones.positions { zones.values[index].elect(presence, after: description.node) }
            agenda[.health] = now
        }
        replan(at: now)
    }

    /// Which configuration is in force, its own and its zones', and how long messages take.
    func configurationChecks(at now: MeshInstant) -> [HealthMessage.Check] {
        let own = places[description.node]
        var checks = [
            HealthMessage.Check(
                .configuration, healthy: true, value: Double(zones.count),
                detail: own.map { String($0.revision) })
        ]
        // A node of very many zones names the first of them: a report has an end.
        for name in zones.keys.sorted().prefix(32) {
            guard let zone = zones[name] else { continue }
            checks.append(
                .init(
                    .zoneConfiguration, of: name, healthy: true, value: Double(zone.configured.bars.count),
                    detail: String(zone.revision)))
        }
        if isAsleep {
            checks.append(
                .init(.sleeping, healthy: true, value: ((agenda[.wake] ?? .distantFuture) - now).seconds))
        }
        if let p99 = deliveries.p99 {
            checks.append(.init(.delivery, healthy: true, value: p99.seconds * 1000))
        }
        return checks
    }
}
