internal import Lighting

extension NodeCore {
    /// How often within the hold a sensor that goes on seeing motion says so on the wire: one pulse may get lost.
    static let wireRenewals = 3

    /// Says on the wire what a sensor saw; nil: that motion began, where the sensor stands.
    mutating func signal(_ signal: WireSignal?, of index: Int) {
        guard description.triggers != .network else { return }
        let name = place(of: index)
        // A wire has one direction for all its zones: that of the first by name.
        let zones = zones.filter { $0.value.state.zone.sensors[name] != nil }
        guard let zone = zones.min(by: { $0.key < $1.key })?.value.state.zone else { return }
        actions.append(.signal(signal ?? WireSignal(of: name, in: zone)))
    }

    /// A signal came over the wire: it counts as motion in all zones that the node has a part in.
    mutating func heard(_ signal: WireSignal, edge: MeshInstant, at now: MeshInstant) {
        guard description.triggers != .network else { return }
        isFresh = false
        for (name, zone) in zones { zones[name]?.registers = zone.hearing(signal, edge: edge) }
        merge(at: now) { _ in true }
    }
}

extension WireSignal {
    /// What a sensor says where motion begins: the end that it stands at, if light is to run from there.
    init(of sensor: String, in zone: Zone) {
        self = .together
        let waves = zone.waves
        guard !waves.isEmpty || zone.follow != nil, let position = zone.sensors[sensor] else { return }
        let index = position.index(in: zone.bars)
        let runsFromSensor = zone.follow != nil || waves.contains { $0.order == .fromSensor }
        if !runsFromSensor || index == 0 {
            self = .first
        } else if index == zone.bars.count - 1 {
            self = .last
        }
    }

    fileprivate var sensor: WireSensor {
        switch self {
        case .together, .retrigger: .together
        case .first: .first
        case .last: .last
        }
    }
}

extension NodeDescription.Triggers {
    /// The zone as somebody sees it who heeds these.
    func heeded(_ zone: Zone) -> Zone { self == .network ? zone : WireSensor.joining(zone) }
}

extension ZoneRecord {
    fileprivate func hearing(_ signal: WireSignal, edge: MeshInstant) -> [String: SensorRegister] {
        var registers = registers
        let onWire = registers.filter { WireSensor(rawValue: $0.key) != nil }
        if signal == .retrigger, state.isHeld(at: edge),
            let latest = onWire.max(by: { ($0.value.lastMotion, $0.key) < ($1.value.lastMotion, $1.key) })?.key
        {
            registers[latest]?.lastMotion = max(onWire[latest]?.lastMotion ?? edge, edge)
            return registers
        }
        let name = signal.sensor.rawValue
        // Everybody counts from the same edge, so the lead has nothing to do with how long messages take.
        let lead = max(state.zone.lead ?? .zero, WireTiming.lead)
        registers[name] = state.register(of: name, own: registers[name], motionAt: edge, lead: lead)
        // A pulse is motion at one instant: what goes on is said again.
        registers[name]?.motion = false
        return registers
    }
}
