internal import Lighting
internal import Mesh

extension World {
    /// All is mended and has had its time: what must be the case now.
    func checkRest() {
        tell("— at rest")
        for node in nodes.indices {
            guard nodes[node].core != nil, isReachable(node, since: now) else {
                return violate(.restored, "\(name(node)) isn't connected, though nothing prevents it")
            }
            if !nodes[node].clock.isSettled { violate(.clock, "\(name(node)) doesn't know the time of the mesh") }
            checkRetained(of: node)
        }
        lookAtAll()
        for zone in zones.indices { checkRetained(zone: zone) }
    }

    private func checkRetained(of node: Int) {
        let plan = scenario.nodes[node]
        func kept<Message: Decodable>(_ type: Message.Type, _ topic: Topic) -> Message? {
            broker.retained[topic.name(site: plan.site)].flatMap { try? JSON.decode(type, from: $0) }
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
        let configuration = broker.retained[Topic.zoneConfiguration(zone: zone.name).name(site: zone.site)]
            .flatMap { try? JSON.decode(ZoneMessage.self, from: $0) }
        if configuration?.revision != zone.revision {
            violate(
                .restored,
                "the broker's configuration of \(zone.name) is "
                    + (configuration?.revision.map { "\(zone.revision - $0) revisions old" } ?? "missing"))
        }
        if broker.retained[Topic.siteConfiguration.name(site: zone.site)] == nil {
            violate(.restored, "the broker has no site configuration")
        }
        if zone.overriddenSince != nil, zone.returnedAt != nil {
            for member in zone.members {
                let state = nodes[member.node].core?.zone(zone.name)
                let commands = [state?.override].compactMap { $0 } + (state.map { Array($0.barOverrides.values) } ?? [])
                if commands.contains(where: { $0.isInForce(at: nodes[member.node].clock.mesh(at: now)) }) {
                    violate(.command, "\(name(member.node)) still follows a command in \(zone.name)")
                }
            }
            zones[index].overriddenSince = nil
        }
        zones[index].settle()
        guard let payload = broker.retained[Topic.state(zone: zone.name).name(site: zone.site)],
            let report = try? JSON.decode(ZoneReport.self, from: payload)
        else { return violate(.restored, "the broker has no state of \(zone.name)") }
        let isLit = zone.members.contains { member in
            member.bars.contains { nodes[member.node].bars[$0.bar].level > 0 }
        }
        if !isLit, report.state != "OFF" {
            violate(.restored, "the state of \(zone.name) says it is lit, because of \(report.reason); it is dark")
        }
    }
}
