internal import Lighting
internal import Mesh
internal import Node

extension World {
    func violate(_ invariant: Invariant, _ what: String) {
        guard violation == nil else { return }
        violation = Violation(invariant: invariant, description: "at \(clockText): \(what)")
        tell("VIOLATION of \(invariant.rawValue): \(what)")
    }

    /// All that must hold of one node's bars now.
    func check(node: Int) {
        guard nodes[node].machine != nil, !nodes[node].isStopping else { return }
        for zone in zones.indices where zones[zone].site == nodes[node].site {
            guard let member = zones[zone].memberIndex[node] else { continue }
            learn(zone, member: member)
            checkLit(zone, member: member)
        }
        for bar in nodes[node].bars.indices where isLit(bar, of: node) { checkDark(bar, of: node) }
    }

    private func checkLit(_ index: Int, member: Int) {
        let zone = zones[index]
        guard zone.overriddenSince == nil else { return }
        let part = zone.members[member]
        guard zone.reach == nil else { return checkLit(zone, around: part) }
        guard let last = part.known.max(), isCertainlyHeld(zone, since: last) else { return }
        let sensor = zone.sensors[part.known.firstIndex(of: last) ?? 0].sensor
        for (bar, _) in part.bars { checkLit(zone, bar, of: part.node, by: sensor, last) }
    }

    /// Where light walks along, it is lit around each sensor that somebody was seen by.
    private func checkLit(_ zone: ZoneTruth, around part: ZoneTruth.Member) {
        for (index, last) in part.known.enumerated() where isCertainlyHeld(zone, since: last) {
            for (bar, place) in part.bars where abs(place - zone.sensors[index].place) <= zone.reach ?? 0 {
                checkLit(zone, bar, of: part.node, by: zone.sensors[index].sensor, last)
            }
        }
    }

    private func isCertainlyHeld(_ zone: ZoneTruth, since last: MeshInstant) -> Bool {
        guard last != .distantPast else { return false }
        let error = clockError(of: zone.site) * 2 + runOff(zone.shortestHold) + .milliseconds(10)
        return now < last + zone.shortestHold - error
    }

    private func checkLit(_ zone: ZoneTruth, _ bar: Int, of node: Int, by sensor: Int, _ last: MeshInstant) {
        let shown = nodes[node].bars[bar]
        // A guide light alone isn't what somebody is to have; what comes on grows out of it.
        let isDark =
            zone.guideLight > 0 ? shown.level <= zone.guideLight + 1e-9 && !isComing(bar, of: node) : shown.level == 0
        guard isDark, !isPutOut(bar, of: node) else { return }
        violate(
            .lit,
            "\(name(node)) bar \(bar) of \(zone.name) is dark, though \(scenario.place(sensor: sensor)) saw "
                + "somebody \((now - last).seconds) s ago")
    }

    /// Whether a bar has grown brighter within the last frames.
    private func isComing(_ bar: Int, of node: Int) -> Bool {
        now - nodes[node].bars[bar].roseAt < scenario.nodes[node].frame * 4 + .milliseconds(50)
    }

    /// Whether a bar gives more light than a guide light.
    func isLit(_ bar: Int, of node: Int) -> Bool {
        let level = nodes[node].bars[bar].level
        return level > (scenario.hasGuideLight ? Scenario.guideLight.value + 1e-9 : 0)
    }

    /// Whether a zone that may be put out is the master of a bar, or was when its node last heard of it.
    private func isPutOut(_ bar: Int, of node: Int) -> Bool {
        zones.contains { zone in
            guard zone.site == nodes[node].site, zone.isMaster, zone.overriddenSince != nil else { return false }
            let member = zone.memberIndex[node].map { zone.members[$0] }
            if member?.bars.contains(where: { $0.bar == bar }) == true { return true }
            let heard = nodes[node].ready.map { max($0, zone.changedAt) + newsTime(zone) + .seconds(2) }
            return heard.map { now < $0 } ?? true
        }
    }

    private func checkDark(_ bar: Int, of node: Int) {
        // Without a connection, what it was told last is all that it has; motion that isn't renewed counts for 25 s.
        var latest = nodes[node].ready.map { $0 + .seconds(5) } ?? lapse(node)
        let isReady = nodes[node].ready != nil
        for zone in zones where zone.site == nodes[node].site {
            if zone.overriddenSince != nil { return }
            guard let member = zone.memberIndex[node], zone.members[member].bars.contains(where: { $0.bar == bar })
            else {
                if !isReady { return }
                latest = max(latest, zone.changedAt + .seconds(60))
                continue
            }
            guard zone.members[member].configuredSince != nil else { return }
            latest = max(latest, isReady ? darkAt(zone) : darkAt(zone, alone: node))
        }
        guard now > latest else { return }
        violate(
            .dark,
            "\(name(node)) bar \(bar) shows \(nodes[node].bars[bar].level), though it should have been dark for "
                + "\((now - latest).seconds) s")
    }

    /// When motion that a node was told of, and has been told nothing more about since, counts no more.
    private func lapse(_ node: Int) -> MeshInstant { max(nodes[node].changedAt, nodes[node].heardAt) + .seconds(26) }

    /// When a node that hears of no other is to be dark unless somebody comes to its own sensors.
    private func darkAt(_ zone: ZoneTruth, alone node: Int) -> MeshInstant {
        let own = scenario.nodes[node].sensors.map { sensors[$0].lastLighting(at: now) }.max() ?? .distantPast
        let span = zone.variants.map { scenario.darkAfter($0) - $0.hold }.max() ?? .zero
        return max(own, lapse(node), zone.changedAt) + zone.longestHold + span + newsTime(zone)
    }

    /// When all bars of a zone are to be dark unless somebody comes.
    func darkAt(_ zone: ZoneTruth) -> MeshInstant {
        var last = MeshInstant.distantPast
        for sensor in sensors.indices
        where scenario.nodes[sensors[sensor].node].site == zone.site
            && (zone.variants.count > 1 || zone.sensors.contains { $0.sensor == sensor })
        {
            let isLimited = zone.variants.allSatisfy { $0.onlyWhenDark != nil }
            last = max(last, sensors[sensor].lastLighting(at: now, zone: isLimited ? zone.index : nil))
        }
        // Of a sensor whose node died, the others may know no end: its motion counts for 25 s more.
        if quietSince(zone) > last - .seconds(60) { last = last + .seconds(26) }
        let quiet = quietSince(zone) + .seconds(45) + scenario.longestDelay * 4
        let span = zone.variants.map { scenario.darkAfter($0) - $0.hold }.max() ?? .zero
        return max(last + zone.longestHold, quiet) + span + newsTime(zone) + .milliseconds(500)
    }

    /// When the network, the clocks or the configuration last changed.
    private func quietSince(_ zone: ZoneTruth) -> MeshInstant {
        var last = max(shakenAt, zone.changedAt)
        for member in zone.members { last = max(last, nodes[member.node].changedAt) }
        return last
    }

    /// No level jumps.
    func checkJump(from before: SimulatedNode.Bar, to level: Double, bar: Int, of node: Int) {
        guard level != before.level, now >= nodes[node].freshUntil, before.drawnAt != .distantPast else { return }
        guard let shortest = shortestEase[nodes[node].site], shortest > .zero else { return }
        let time = min((now - before.drawnAt), scenario.nodes[node].frame) + scenario.nodes[node].frame
        let slope = 2 / min(shortest, Fader.catchUp).seconds
        let allowed = slope * time.seconds * 1.01 + 1e-6
        guard abs(level - before.level) > allowed else { return }
        violate(
            .jump,
            "\(name(node)) bar \(bar) goes from \(before.level) to \(level) within \((now - before.drawnAt).seconds) s")
    }

    // MARK: - Everything

    func lookAtAll() {
        for node in nodes.indices { check(node: node) }
        for zone in zones.indices {
            checkAgreement(zone)
            checkTimeOfDay(zone)
        }
        checkClocks()
        checkOneBroker()
    }

    private func checkAgreement(_ index: Int) {
        let zone = zones[index]
        guard zone.current != nil else { return }
        guard now > quietSince(zone) + .seconds(45) + scenario.longestDelay * 4 + zone.longestHold else { return }
        let ready = zone.members.filter { isReady($0.node, since: now) }
        // While they are at different brokers they can't; for how long they may be, is checked by itself.
        guard let first = ready.first, ready.allSatisfy({ shareBroker($0.node, first.node) }) else { return }
        // Nodes without a part in the zone may be the reference, or have been.
        let siteQuiet = nodes.filter { $0.site == zone.site }.map(\.changedAt).max() ?? .distantPast
        let isLongQuiet = now > max(quietSince(zone), siteQuiet) + .seconds(150) + scenario.longestDelay * 10
        for member in ready.dropFirst() where isLongQuiet && !shareClock(first.node, member.node) {
            violate(.clock, "\(name(first.node)) and \(name(member.node)) still go by different clocks")
        }
        let keepers = zone.members.filter {
            isReachable($0.node, since: now) && nodes[$0.node].ask { $0.core.keeps(zone.name) } ?? false
        }
        if keepers.count != 1 {
            violate(.keeper, "zone \(zone.name) has \(keepers.count) keepers: \(keepers.map { name($0.node) })")
        }
        for member in ready where nodes[member.node].ask({ $0.core.revision(ofZone: zone.name) }) != zone.revision {
            violate(.agreement, "\(name(member.node)) goes by an old configuration of \(zone.name)")
        }
        for member in ready where !knowsPlaces(member.node) {
            violate(.agreement, "\(name(member.node)) doesn't know who fills the places of \(zone.name)")
        }
        let news = newsTime(zone)
        for (sensor, _) in zone.sensors {
            if sensors[sensor].triggeredUntil + news > now { return }
            guard let last = sensors[sensor].seen.last else { continue }
            if now - (last.to ?? last.from) < news + .seconds(1) { return }
            if sensors[sensor].stuckSince(at: now) != nil, now < last.from + sensors[sensor].stuckLimit + news {
                return
            }
        }
        // What a sensor of the last release said doesn't tell its hold: who has begun anew since another came goes by that.
        if zone.shortestHold != zone.longestHold,
            zone.sensors.contains(where: { scenario.nodes[sensors[$0.sensor].node].isOfLastRelease })
        {
            return
        }
        // Motion that has lasted lights a zone once it is dark, or joins what others' has lit: without an edge.
        if zone.limited {
            let waves = ready.compactMap { nodes[$0.node].ask { $0.core.zone(zone.name)?.activation?.waves } }
            if let begun = waves.joined().map(\.at).max(),
                nodes[first.node].mesh(at: now) - begun < news + .seconds(1)
            {
                return
            }
        }
        let instant = nodes[first.node].mesh(at: now)
        let expected = activation(of: zone, at: first.node, instant)
        for member in ready.dropFirst() where activation(of: zone, at: member.node, instant) != expected {
            violate(
                .agreement,
                "\(name(first.node)) and \(name(member.node)) disagree on the activation of \(zone.name): "
                    + "\(expected.map { "\($0)" } ?? "none") and "
                    + "\(activation(of: zone, at: member.node, instant).map { "\($0)" } ?? "none")")
        }
    }

    /// The activation that a node believes in, if its hold lasts (well) beyond the present.
    private func activation(of zone: ZoneTruth, at node: Int, _ instant: MeshInstant) -> Activation? {
        guard var activation = nodes[node].ask({ $0.core.zone(zone.name)?.activation }) else { return nil }
        if activation.lapse < instant { return nil }
        // While somebody is seen, the end is renewed, and renewals are on their way.
        if zone.sensors.contains(where: { sensors[$0.sensor].isHigh }) {
            activation.end = nil
            activation.lapse = .distantFuture
        }
        return activation
    }
}
