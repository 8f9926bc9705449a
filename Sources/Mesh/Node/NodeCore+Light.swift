internal import Lighting

extension NodeCore {
    /// How long after its light has gone a zone's own light may still be in what a light sensor says.
    private static let afterglow = Duration.seconds(3)
    /// A reading is told when it has changed by so much, in parts of itself…
    private static let leastChange = 0.05
    /// …and in lux.
    private static let leastLux = 0.1

    /// A light sensor of the node's said how bright it is, or can't be read.
    mutating func measured(_ name: String, lux: Double?, fault: String?, at now: MeshInstant) {
        guard var own = ownLights[name] else { return }
        if own.failed != fault {
            actions.append(
                fault.map { .log(.warning, "light sensor \(name): \($0)") }
                    ?? .log(.info, "light sensor \(name) can be read again"))
            if healthDue != nil { healthDue = now }
        }
        if own.failed == fault, let lux, let said = own.lux,
            abs(lux - said) <= max(NodeCore.leastLux, said * NodeCore.leastChange)
        {
            return
        }
        guard own.failed != fault || own.lux != lux else { return }
        own = LightMessage(lux: lux, failed: fault)
        ownLights[name] = own
        lights["\(description.node)/\(name)"] = lux
        publish(.light(node: description.node, light: name), JSON.encode(own), retain: true, keep: true)
        judge("\(description.node)/\(name)", at: now)
    }

    mutating func takeLight(_ node: String, _ name: String, _ payload: [UInt8], at now: MeshInstant)
        throws(MessageError)
    {
        let place = "\(node)/\(name)"
        guard node != description.node, zones.values.contains(where: { $0.state.zone.onlyWhenDark?.sensor == place })
        else { return }
        lights[place] = payload.isEmpty ? nil : try JSON.decode(LightMessage.self, from: payload).checked()
        judge(place, at: now)
    }

    /// Whether motion may light a zone now. What is lit stays lit: it would be its own light that it is too bright for.
    mutating func mayLight(_ zone: Dictionary<String, ZoneRecord>.Index, at now: MeshInstant) -> Bool {
        judge(zone, at: now)
        return zones.values[zone].mayLight(afterglow: NodeCore.afterglow, at: now)
    }

    private mutating func judge(_ sensor: String, at now: MeshInstant) {
        for zone in zones.indices where zones.values[zone].state.zone.onlyWhenDark?.sensor == sensor {
            judge(zone, at: now)
        }
    }

    private mutating func judge(_ zone: Dictionary<String, ZoneRecord>.Index, at now: MeshInstant) {
        zones.values[zone].judge(
            by: lights, presence, own: description.node, afterglow: NodeCore.afterglow, at: now)
    }

    /// As checks of the health report.
    var lightChecks: [HealthMessage.Check] {
        ownLights.sorted { $0.key < $1.key }.map { name, light in
            .init(
                "light/\(name)", healthy: light.failed == nil, value: light.lux ?? -1, unit: "lx", detail: light.failed)
        }
    }
}
