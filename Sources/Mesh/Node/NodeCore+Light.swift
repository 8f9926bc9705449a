internal import Lighting

extension NodeCore {
    /// How long after its light has gone a zone's own light may still be in what a light sensor says.
    private static let afterglow = Duration.seconds(3)
    /// A reading is told when it has changed by so much, in parts of itself…
    private static let leastChange = 0.05
    /// …and in lux.
    private static let leastLux = 0.1
    /// How long after motion began a reading may come that it is judged by: sensors send what they measure by and by.
    private static let lateReading = Duration.seconds(1)

    /// A light sensor of the node's said how bright it is, or can't be read.
    mutating func measured(_ name: String, lux: Double?, fault: String?, at now: MeshInstant) {
        guard let said = ownLights[name] else { return }
        let place = "\(description.node)/\(name)"
        // Small changes aren't told to others; judged by is what was measured.
        lights[place] = lux
        if said.failed != fault {
            actions.append(
                fault.map { .log(.warning, "light sensor \(name): \($0)") }
                    ?? .log(.info, "light sensor \(name) can be read again"))
            if agenda.has(.health) { agenda[.health] = now }
        }
        if said.failed != fault || NodeCore.differ(said.lux, lux) {
            let message = LightMessage(lux: lux, failed: fault)
            ownLights[name] = message
            publish(.light(node: description.node, light: name), JSON.encode(message), retain: true, keep: true)
        }
        judge(place, at: now)
    }

    private static func differ(_ said: Double?, _ lux: Double?) -> Bool {
        guard let said, let lux else { return said != lux }
        return abs(lux - said) > max(leastLux, said * leastChange)
    }

    /// Whether what another node's light sensor says matters here.
    func isAwaited(light place: String, of node: String) -> Bool {
        node != description.node && zones.values.contains { $0.state.zone.onlyWhenDark?.sensor == place }
    }

    mutating func takeLight(_ node: String, _ name: String, _ message: LightMessage?, at now: MeshInstant) {
        let place = "\(node)/\(name)"
        lights[place] = message?.lux
        judge(place, at: now)
    }

    /// Whether motion may light a zone now. What is lit stays lit: it would be its own light that it is too bright for.
    mutating func mayLight(_ zone: Dictionary<String, ZoneRecord>.Index, at now: MeshInstant) -> Bool {
        judge(zone, at: now)
        return zones.values[zone].mayLight(afterglow: NodeCore.afterglow, at: now)
    }

    /// A reading came: what was judged by an older one is judged again.
    private mutating func judge(_ sensor: String, at now: MeshInstant) {
        for zone in zones.positions where zones.values[zone].state.zone.onlyWhenDark?.sensor == sensor {
            judge(zone, at: now)
            if zones.values[zone].isDark { lightLate(zone, at: now) } else { withdraw(zone, at: now) }
        }
    }

    /// Whoever moves, or whose motion began just now, has light: the reading that says it is dark came late.
    private mutating func lightLate(_ zone: Dictionary<String, ZoneRecord>.Index, at now: MeshInstant) {
        for index in sensors.indices
        where zones.values[zone].state.zone.sensors[place(of: index)] != nil
            && sensors[index].registers[zones.keys[zone]] == nil && sensors[index].failure == nil
        {
            if sensors[index].motion {
                isFresh = false
                renew(index, at: now)
            } else if sensors[index].lastEdge + NodeCore.lateReading >= now {
                isFresh = false
                trigger(index, for: .zero, at: now)
            }
        }
    }

    /// Motion elsewhere is heard of that began before motion here, which was taken to find it too bright: that found the zone
    /// lit, and holds it.
    mutating func holdLate(_ zone: Dictionary<String, ZoneRecord>.Index, at now: MeshInstant) {
        guard zones.values[zone].state.zone.onlyWhenDark != nil, description.triggers == .network else { return }
        let state = zones.values[zone].state
        guard let activation = state.activation, activation.isHeld(at: now) else { return }
        for index in sensors.indices
        where state.zone.sensors[place(of: index)] != nil && sensors[index].registers[zones.keys[zone]] == nil
            && sensors[index].failure == nil && !sensors[index].isDiscredited
            && (sensors[index].motion || activation.isHeld(at: sensors[index].lastMotion))
        {
            if sensors[index].motion {
                renew(index, at: now)
                continue
            }
            var register = state.register(
                of: place(of: index), own: nil, motionAt: sensors[index].lastMotion, lead: NodeCore.leadRange.lowerBound
            )
            register.lastEdge = sensors[index].lastEdge
            register.motion = false
            sensors[index].registers[zones.keys[zone]] = state.holding(register)
            say(index)
            mergeOwn(index, at: now)
        }
    }

    /// Motion that was told to a zone which is too bright for it, and is not lit yet, is taken back.
    private mutating func withdraw(_ zone: Dictionary<String, ZoneRecord>.Index, at now: MeshInstant) {
        guard let awaited = zones.values[zone].awaited, now < awaited.firstLight else { return }
        zones.values[zone].awaited = nil
        let name = zones.keys[zone]
        for index in sensors.indices where (sensors[index].registers[name]?.start ?? .distantPast) >= awaited.start {
            sensors[index].registers[name] = nil
            say(index)
            mergeOwn(index, at: now)
        }
    }

    /// A register of the node's begins an activation: until its first light, a reading holds nothing of that.
    mutating func expectFirstLight(
        of zone: Dictionary<String, ZoneRecord>.Index, by register: SensorRegister, at now: MeshInstant
    ) {
        let state = zones.values[zone].state
        // What was said on a wire can't be taken back; and another zone that the motion lights may be seen sooner.
        guard state.zone.onlyWhenDark != nil, description.triggers == .network, register.start == now,
            zones.values.count(where: { $0.state.zone.sensors[register.origin] != nil }) == 1,
            !state.isLit(at: now, orWithin: NodeCore.afterglow)
        else { return }
        // Others go by their own clocks: their light may be seen before ours is due.
        let wait = min(register.lead, NodeCore.leadRange.upperBound) - clockError
        if wait > .zero { zones.values[zone].awaited = (now, now + wait) }
    }

    /// A zone has another configuration, which may go by another light sensor, or by none.
    mutating func judgeLight(of zone: String, at now: MeshInstant) {
        if let index = zones.index(forKey: zone) { judge(index, at: now) }
    }

    /// A node is there, or gone, and with it what it says of light: a guide light doesn't wait for somebody to walk by.
    mutating func judgeLight(by node: String, at now: MeshInstant) {
        for zone in zones.positions where zones.values[zone].lightNode == node { judge(zone, at: now) }
    }

    /// Judges guide lights by what was said amid their zones' own light.
    mutating func judgeAfterglow(at now: MeshInstant) {
        for zone in zones.positions where zones.values[zone].state.zone.hasStandby { judge(zone, at: now) }
    }

    private mutating func judge(_ zone: Dictionary<String, ZoneRecord>.Index, at now: MeshInstant) {
        let isJudged = zones.values[zone].judge(
            by: lights, presence, own: description.node, afterglow: NodeCore.afterglow, at: now)
        // It may be the last reading for hours: a guide light doesn't wait for another, or for motion.
        if !isJudged, zones.values[zone].state.zone.hasStandby {
            agenda.plan(.afterglow, by: now + NodeCore.afterglow)
        }
        if zones.values[zone].state.setDark(zones.values[zone].isDark, at: now) {
            replan(zone: zones.keys[zone], at: now)
        }
    }

    /// As checks of the health report.
    var lightChecks: [HealthMessage.Check] {
        ownLights.sorted { $0.key < $1.key }.map { name, light in
            .init(
                .light, of: name, healthy: light.failed == nil, value: light.lux ?? -1, detail: light.failed)
        }
    }
}
