internal import Lighting

extension NodeCore {
    /// How often a sensor that goes on seeing motion says so.
    private static let longestRenewal = Duration.seconds(10)

    func place(of index: Int) -> String { "\(description.node)/\(sensors[index].description.name)" }

    /// A sensor began (or goes on) to see motion, or ceased to.
    mutating func motion(of index: Int, seen: Bool, at now: MeshInstant) {
        sensors[index].triggerUntil = nil
        var isNews = sensors[index].motion != seen || !sensors[index].hasSpoken
        if seen {
            guard sensors[index].failure == nil else { return }
            if sensors[index].seenSince == nil { sensors[index].seenSince = now }
        } else {
            sensors[index].seenSince = nil
            if vouch(for: index) { isNews = true }
        }
        // What is said again is no news: motion that goes on is renewed in its time.
        guard isNews else { return }
        set(index, motion: seen, at: now)
        say(index)
    }

    /// As if the sensor had seen motion: a mere edge, or motion for a while.
    mutating func trigger(_ index: Int, for time: Duration, at now: MeshInstant) {
        guard sensors[index].failure == nil else { return }
        let goesOn = sensors[index].motion
        let isEdge = time == .zero && !goesOn
        set(index, motion: true, at: now, merges: !isEdge)
        if time > .zero {
            sensors[index].triggerUntil = goesOn && sensors[index].triggerUntil == nil ? nil : now + time
        } else if isEdge {
            set(index, motion: false, at: now)
        }
        say(index)
    }

    /// A sensor can't be read, or can again. What it saw before stays true: the light is held as if it saw no more.
    mutating func read(_ sensor: String, fault: String?, at now: MeshInstant) {
        guard let index = sensors.firstIndex(where: { $0.description.name == sensor }), sensors[index].fault != fault
        else { return }
        let isNews = sensors[index].fault == nil || fault == nil
        sensors[index].fault = fault
        actions.append(
            fault.map { .log(.warning, "sensor \(sensor): \($0)") }
                ?? .log(.info, "sensor \(sensor) can be read again"))
        if fault != nil {
            sensors[index].seenSince = nil
            if sensors[index].motion { set(index, motion: false, at: now) }
        }
        say(index)
        if isNews, agenda.has(.health) { agenda[.health] = now }
    }

    /// Does what has become due for a sensor.
    mutating func attend(to index: Int, at now: MeshInstant) {
        if let end = sensors[index].triggerUntil, end <= now {
            sensors[index].triggerUntil = nil
            set(index, motion: false, at: now)
            say(index)
        }
        if let stuckAt = sensors[index].stuckAt, stuckAt <= now { stick(index, at: now) }
        if let due = sensors[index].renewDue, due <= now { renew(index, at: now) }
    }

    /// A sensor goes on seeing motion: it says so.
    mutating func renew(_ index: Int, at now: MeshInstant) {
        set(index, motion: true, at: now)
        say(index)
    }

    /// - Parameter merges: whether the zones learn of it at once; else see to that afterwards.
    mutating func set(_ index: Int, motion: Bool, at now: MeshInstant, merges: Bool = true) {
        var sensor = sensors[index]
        defer { if merges { mergeOwn(index, at: now) } }
        defer { sensors[index] = sensor }
        sensor.hasSpoken = true
        guard motion else {
            guard sensor.motion else { return }
            // Where it isn't dark, its motion lights nothing.
            if !sensor.registers.isEmpty { signal(.retrigger, of: index) }
            sensor.motion = false
            sensor.renewDue = nil
            sensor.lastMotion = max(sensor.lastMotion, now)
            for (name, var register) in sensor.registers {
                register.motion = false
                register.lastMotion = max(register.lastMotion, now)
                sensor.registers[name] = zones[name]?.state.holding(register) ?? register
            }
            return
        }
        guard sensor.failure == nil else { return }
        let rises = !sensor.motion
        sensor.motion = true
        sensor.isRecalled = false
        sensor.isDiscredited = false
        if rises { sensor.lastEdge = now }
        if rises { sensor.rhythm.moved(at: now) }
        sensor.lastMotion = max(sensor.lastMotion, now)
        var renewal = NodeCore.longestRenewal
        let place = place(of: index)
        var isTold = false
        for index in zones.positions where zones.values[index].state.zone.sensors[place] != nil {
            let mayLight = mayLight(index, at: now)
            let (name, zone) = zones[index]
            let share = description.triggers == .network ? 2 : NodeCore.wireRenewals
            renewal = min(renewal, zone.state.zone.shortestHold / share)
            guard mayLight else {
                sensor.registers[name] = nil
                continue
            }
            isTold = true
            if !rises, var register = sensor.registers[name] {
                register.lastMotion = now
                sensor.registers[name] = zone.state.holding(register)
                continue
            }
            var register = zone.state.register(
                of: place, own: sensor.registers[name], motionAt: now, lead: lead(of: place, in: zone, at: now))
            // A zone that was added while it sees motion: the same edge for all, as the message has it.
            register.lastEdge = sensor.lastEdge
            // The wire's own names mean nothing to the others.
            if WireSensor(rawValue: register.origin) != nil { register.origin = place }
            sensor.registers[name] = zone.state.holding(register)
            expectFirstLight(of: index, by: register, at: now)
        }
        if isTold { signal(rises ? nil : .retrigger, of: index) }
        sensor.renewDue = now + renewal
    }

    /// The hold of a zone is another, or the time of day is: what is held is so for as long as it says now, and is said
    /// anew. What was over by the hold that it was said with stays over.
    ///
    /// - Returns: the sensors that say something else now; zones are still to learn of it.
    @discardableResult
    mutating func renewHolds(of name: String, at now: MeshInstant) -> [Int] {
        guard let state = zones[name]?.state else { return [] }
        var renewals: [Int] = []
        for index in sensors.indices {
            guard let register = sensors[index].registers[name], let hold = register.hold,
                register.motion || register.lastMotion + hold > now
            else { continue }
            let renewed = state.holding(register)
            guard renewed.hold != hold else { continue }
            sensors[index].registers[name] = renewed
            say(index)
            renewals.append(index)
        }
        return renewals
    }

    mutating func say(_ index: Int) {
        publish(
            .sensor(node: description.node, sensor: sensors[index].description.name),
            sensors[index].message(unsynchronised: !isClockTrusted).bytes, retain: true, keep: true)
    }

    /// After a restart: what the node had said before is still true, save that the driver must tell of motion anew.
    mutating func remember(own sensor: String, _ registers: [String: SensorRegister], at now: MeshInstant) {
        guard let index = sensors.firstIndex(where: { $0.description.name == sensor }), !sensors[index].hasSpoken,
            let any = registers.values.first
        else { return }
        sensors[index].hasSpoken = true
        sensors[index].isRecalled = true
        sensors[index].lastEdge = any.lastEdge
        sensors[index].lastMotion = any.lastMotion
        sensors[index].registers = registers.mapValues {
            var register = $0
            register.motion = false
            return register
        }
        if any.motion { say(index) }
        mergeOwn(index, at: now)
    }

    /// An earlier start of the agent may have said that the sensor fails: that is over, or is another reason by now.
    mutating func correct(own sensor: String, _ said: SensorMessage) {
        guard let index = sensors.firstIndex(where: { $0.description.name == sensor }),
            said.failed != sensors[index].failed
        else { return }
        say(index)
    }

    mutating func mergeOwn(_ index: Int, at now: MeshInstant) {
        let name = place(of: index)
        for zone in zones.positions where zones.values[zone].state.zone.sensors[name] != nil {
            zones.values[zone].registers[name] = sensors[index].registers[zones.keys[zone]]
        }
        merge(at: now) { $0.state.zone.sensors[name] != nil }
    }

    /// Brings zones up to date with their registers and with who is online, and the bars with them. Light may be waiting
    /// for it: what can't have changed isn't looked at.
    mutating func merge(at now: MeshInstant, where affected: (ZoneRecord) -> Bool) {
        for index in zones.positions where affected(zones.values[index]) {
            zones.values[index].merge(presence, own: description.node)
            for bar in bars.indices { bars[bar].replan(zones.keys[index], zones.values[index].state) }
        }
        for bar in bars.indices { bars[bar].follow(at: now, fresh: isFresh) }
    }

    /// The same for zones by name.
    mutating func merge(_ names: Set<String>, at now: MeshInstant) {
        for name in names {
            guard let index = zones.index(forKey: name) else { continue }
            zones.values[index].merge(presence, own: description.node)
            for bar in bars.indices { bars[bar].replan(name, zones.values[index].state) }
        }
        for bar in bars.indices { bars[bar].follow(at: now, fresh: isFresh) }
    }
}
