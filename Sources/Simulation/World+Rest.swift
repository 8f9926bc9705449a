internal import Lighting
internal import Mesh
internal import Node

extension World {
    /// All is mended and has had its time: what must be the case now.
    func checkRest() {
        tell("— at rest")
        for node in nodes.indices {
            guard nodes[node].machine != nil, isReachable(node, since: now) else {
                return violate(.restored, "\(name(node)) isn't connected, though nothing prevents it")
            }
            if !nodes[node].isClockSettled { violate(.clock, "\(name(node)) doesn't know the time of the mesh") }
            checkRetained(of: node)
        }
        lookAtAll()
        for zone in zones.indices { checkNewest(zone: zones[zone]) }
        checkNewest()
        if now >= start + scenario.endAt { checkTimesOfDay() }
        for zone in zones.indices { checkRetained(zone: zone) }
        for zone in zones { checkGuideLight(zone) }
    }

    /// Where nobody is, in the dark, the bars that have a guide light show it, and the others nothing.
    private func checkGuideLight(_ zone: ZoneTruth) {
        guard let current = zone.current, let standby = current.standby, zone.variants.count == 1,
            zone.overriddenSince == nil, now > darkAt(zone) + .seconds(5)
        else { return }
        if current.onlyWhenDark != nil, daylight > Scenario.limit || now < daylightSince + .seconds(60) { return }
        for member in zone.members {
            for (bar, place) in member.bars where isIn(zone, bar, of: member.node) {
                let isShown = standby.bars == .all || place == 0 || place == current.bars.count - 1
                let expected = isShown ? standby.level.value : 0
                let level = nodes[member.node].bars[bar].level
                if abs(level - expected) > 1e-6 {
                    violate(
                        .guideLight,
                        "\(name(member.node)) bar \(bar) shows \(level) while nobody is there, not \(expected)")
                }
            }
        }
    }

    /// The newest manual command is at the broker, and in force.
    private func checkNewest(zone: ZoneTruth) {
        let configuration = Topic.zoneConfiguration(zone: zone.name).name(site: zone.site)
        guard zone.current != nil else {
            if retained(of: zone.site)[configuration] != nil {
                violate(.newest, "\(zone.name) was removed, and the broker has it")
            }
            for node in nodes.indices
            where nodes[node].site == zone.site && nodes[node].ask({ $0.core.zone(zone.name) }) != nil {
                violate(.newest, "\(zone.name) was removed, and \(name(node)) has a part in it")
            }
            return
        }
        let topic = Topic.override(zone: zone.name).name(site: zone.site)
        guard let (newest, given) = newestCommands[topic] else { return }
        // By a clock that was ahead: nobody may obey it before its time. Boards that don't know the time, and have all begun anew
        // since, are themselves behind, and take the command's word for what time it is: whoever hears of it.
        let isAhead = zone.members.contains {
            nodes[$0.node].mesh(at: now - .seconds(1)).nanoseconds < newest
        }
        let site = nodes.indices.filter { nodes[$0].site == zone.site }
        let isBehind = site.allSatisfy { node in
            nodes[node].bootedAt > given && !nodes[node].clock.isSynchronised && zone.memberIndex[node] != nil
        }
        if isAhead, !isBehind { return }
        let kept = retained(of: zone.site)[topic].flatMap { try? JSON.decode(OverrideMessage.self, from: $0) }
        if kept?.issued != newest {
            violate(
                .newest,
                "the broker's command for \(zone.name) is "
                    + (kept.map { "\(Double(newest - $0.issued) / 1e9) s older than the newest" } ?? "missing"))
        }
        for member in zone.members {
            guard let known = nodes[member.node].ask({ $0.core.commandIssued(inZone: zone.name) }), known != newest
            else {
                continue
            }
            violate(
                .newest,
                "\(name(member.node)) has a command for \(zone.name) that is \(Double(newest - known) / 1e9) s older than the "
                    + "newest")
        }
    }

    /// The newest list of zones, and what was last said of a node's places, are at the broker and at all nodes.
    private func checkNewest() {
        for (site, revision) in newestSites.sorted(by: { $0.key < $1.key }) {
            let kept = retained(of: site)[Topic.siteConfiguration.name(site: site)]
                .flatMap { try? JSON.decode(SiteMessage.self, from: $0) }
            if let kept, kept.revision != revision {
                violate(.newest, "the broker's list of \(site)'s zones is an old one")
            }
            for node in nodes.indices
            where nodes[node].site == site && nodes[node].ask({ $0.core.siteRevision }) != revision {
                violate(.newest, "\(name(node)) goes by an old list of zones")
            }
        }
        checkNewestPlaces()
    }

    private func checkRetained(of node: Int) {
        let plan = scenario.nodes[node]
        func kept<Message: Decodable>(_ type: Message.Type, _ topic: Topic) -> Message? {
            retained(of: plan.site)[topic.name(site: plan.site)].flatMap { try? JSON.decode(type, from: $0) }
        }
        let status = kept(NodeStatus.self, .status(node: plan.name))
        if status?.state != .online || status?.bootId != "\(node)-\(nodes[node].boot)" {
            violate(.restored, "the broker's status of \(name(node)) is \(status.map { "\($0)" } ?? "missing")")
        }
        for bar in plan.bars where kept(BarMessage.self, .bar(node: plan.name, bar: bar)) == nil {
            violate(.restored, "the broker has no report of \(name(node)) bar \(bar)")
        }
        for sensor in plan.sensors where sensors[sensor].seen.contains(where: { $0.from >= nodes[node].bootedAt }) {
            let register = kept(
                SensorMessage.self, .sensor(node: plan.name, sensor: scenario.sensors[sensor].name))
            if register == nil { violate(.restored, "the broker has no register of \(scenario.place(sensor: sensor))") }
        }
    }

    private func checkRetained(zone index: Int) {
        let zone = zones[index]
        guard zone.current != nil, !zone.members.isEmpty else { return }
        let configuration = retained(of: zone.site)[Topic.zoneConfiguration(zone: zone.name).name(site: zone.site)]
            .flatMap { try? JSON.decode(ZoneMessage.self, from: $0) }
        if configuration?.revision != zone.revision {
            violate(
                .restored,
                "the broker's configuration of \(zone.name) is "
                    + (configuration?.revision.map { "\(zone.revision - $0) revisions old" } ?? "missing"))
        }
        if retained(of: zone.site)[Topic.siteConfiguration.name(site: zone.site)] == nil {
            violate(.restored, "the broker has no site configuration")
        }
        if zone.overriddenSince != nil, zone.returnedAt != nil {
            for member in zone.members {
                let state = nodes[member.node].ask({ $0.core.zone(zone.name) })
                let commands = [state?.override].compactMap { $0 } + (state.map { Array($0.barOverrides.values) } ?? [])
                if commands.contains(where: { $0.isInForce(at: nodes[member.node].mesh(at: now)) }) {
                    violate(.command, "\(name(member.node)) still follows a command in \(zone.name)")
                }
            }
            zones[index].overriddenSince = nil
        }
        zones[index].settle()
        guard let payload = retained(of: zone.site)[Topic.state(zone: zone.name).name(site: zone.site)],
            let report = try? JSON.decode(ZoneReport.self, from: payload)
        else { return violate(.restored, "the broker has no state of \(zone.name)") }
        if !isLit(zone), report.state != "OFF" {
            violate(.restored, "the state of \(zone.name) says it is lit, because of \(report.reason); it is dark")
        }
    }
}
