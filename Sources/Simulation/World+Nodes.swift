internal import Lighting
internal import MQTT
internal import Mesh
internal import Node

extension World {
    func name(_ node: Int) -> String { "\(scenario.nodes[node].site):\(scenario.nodes[node].name)" }

    func tell(_ line: @autoclosure () -> String) {
        if story.isTelling { story.add("\(clockText)  \(line())") }
    }

    /// A node's process begins: it reads its cache and its sensors, and tries to connect.
    func boot(_ index: Int) {
        guard nodes[index].downs == 0, nodes[index].machine == nil else { return }
        let plan = scenario.nodes[index]
        nodes[index].boot += 1
        nodes[index].bootedAt = now
        nodes[index].client = SimulatedClient()
        nodes[index].isStopping = false
        nodes[index].freshUntil = .distantFuture
        setReady(nil, of: index)
        tell("\(name(index)) starts, for the \(nodes[index].boot). time")
        nodes[index].boot(description(of: index), frame: plan.frame, at: now)
        for bar in nodes[index].bars.indices { nodes[index].bars[bar] = SimulatedNode.Bar() }
        forgetKnowledge(of: index)
        drive(.start, of: index)
        for (topic, payload) in nodes[index].cache.sorted(by: { $0.key < $1.key }) {
            drive(.remembered(topic: topic, payload: payload), of: index)
        }
        attend(index)
        for sensor in plan.sensors {
            if sensors[sensor].people > 0 {
                see(sensor, true)
            } else {
                sensors[sensor].isLow()
                drive(
                    .node(.heard(sensor: scenario.sensors[sensor].name, SensorHearing(isAlive: true))), of: index)
            }
        }
        if scenario.light == index { measure() }
        startChoice(of: index)
        self.plan(index)
    }

    private func description(of index: Int) -> NodeDescription {
        let plan = scenario.nodes[index]
        var description = NodeDescription(
            site: plan.site, node: plan.name, bars: plan.bars.map { .init(name: $0, channels: "white") },
            sensors: plan.sensors.map {
                .init(
                    name: scenario.sensors[$0].name, driver: "simulated", stuckLimit: scenario.sensors[$0].stuckLimit)
            },
            version: "1", bootId: "\(index)-\(nodes[index].boot)", started: nodes[index].mesh(at: now),
            synchronised: nodes[index].clock.isSynchronised, priority: plan.priority)
        if plan.isOfLastRelease { description.contract = nil }
        if scenario.light == index { description.lights = [World.window] }
        return description
    }

    /// A node's process is gone at once.
    func die(_ index: Int) {
        if let line = nodes[index].ask({ $0.clock.line }), let identity = nodes[index].clockIdentity {
            bury(identity, line, of: index)
        }
        nodes[index].end()
        nodes[index].boot += 1
        nodes[index].client.channel = nil
        nodes[index].wakeAt = nil
        setReady(nil, of: index)
        for bar in nodes[index].bars.indices { nodes[index].bars[bar].level = 0 }
        for sensor in scenario.nodes[index].sensors { unsee(sensor) }
    }

    /// The machine takes up an event, and what it wants is done.
    func drive(_ event: NodeMachine.Event, of index: Int) {
        change(index) { $0.handle(event, at: $1) }
    }

    /// Something happens to the machine, and what it wants is done.
    ///
    /// - Returns: whether it did happen.
    @discardableResult
    private func change(_ index: Int, _ event: (inout NodeMachine, Int64) -> [NodeEffect]?) -> Bool {
        guard let before = clock(of: index), let effects = nodes[index].change(at: now, event) ?? nil else {
            return false
        }
        compareClock(before, with: effects, of: index)
        checkSound(index)
        let boot = nodes[index].boot
        for effect in effects where nodes[index].boot == boot { perform(effect, of: index) }
        return true
    }

    /// An event, and what comes of it for the light.
    func occur(_ event: NodeEvent, to index: Int) {
        drive(.node(event), of: index)
        attend(index)
    }

    /// Does all that is due, as the agent's loop does it.
    func attend(_ index: Int) {
        guard nodes[index].change(at: now, { $0.nextDue <= $1 }) == true else { return plan(index) }
        let plans = nodes[index].ask { $0.plans }
        let isShown = draw(index) { $0.show(at: $1) }
        if nodes[index].ask({ $0.hasTurns }) == true { takeTurns(index) }
        if nodes[index].change(at: now, { $0.nextDue <= $1 }) == true { drive(.tick(isQuiet: true), of: index) }
        let isDrawn = draw(index) { $0.draw(at: $1) }
        _ = nodes[index].change(at: now) { $0.prepare(at: $1) }
        plan(index)
        // Where only a frame was prepared, all is as it was.
        if isShown || isDrawn || nodes[index].ask({ $0.plans }) != plans { check(node: index) }
    }

    /// See ``Invariant/sound``. What hasn't changed isn't looked at again.
    private func checkSound(_ index: Int) {
        guard let plans = nodes[index].ask({ $0.plans }), plans != nodes[index].soundPlans else { return }
        nodes[index].soundPlans = plans
        guard let fault = nodes[index].change(at: now, { $0.checkInvariants(at: $1) }) ?? nil else { return }
        violate(.sound, "\(name(index)): \(fault)")
    }

    private func takeTurns(_ index: Int) {
        for line in nodes[index].change(at: now, { $0.beginTurns(at: $1) }) ?? [] {
            tell("\(name(index)) logs: \(line)")
        }
        while change(index, { $0.turn(at: $1) }) {}
    }

    private func perform(_ effect: NodeEffect, of index: Int) {
        switch effect {
        case .publish(let message, let keep):
            if story.isTelling, !message.topic.hasSuffix("/status"), !message.topic.contains("/bar/") {
                tell("\(name(index)) publishes \(message.topic) \(Story.text(message.payload))")
            }
            send(nodes[index].client.publish(asSpoken(message, by: index), keep: keep), of: index)
        case .subscribe(let filters): send(nodes[index].client.subscribe(filters), of: index)
        case .unsubscribe(let filters): send(nodes[index].client.unsubscribe(filters), of: index)
        case .subscribeCovered(let topics):
            let covered = nodes[index].client.covered(topics).map { MQTTSubscription($0) }
            send(nodes[index].client.subscribe(covered), of: index)
        case .unsubscribeCovered(let topics):
            send(nodes[index].client.unsubscribe(nodes[index].client.underWildcards(topics)), of: index)
        case .remember(let topic, let payload):
            nodes[index].cache[topic] = payload.isEmpty ? nil : payload
        case .loadTimeZone(let name, from: _): drive(.timeZone(name, .utc), of: index)
        case .report: report(of: index)
        case .probe: drive(.probed(failure: nil), of: index)
        // Nobody is on a wire here: Tests/MeshTests/Wire simulates those. Nor is anybody looked after: that is FleetWorld's.
        case .restart, .signal, .run: break
        case .giveWay(let time, let why):
            tell("\(name(index)) gives way: \(why)")
            if let channel = nodes[index].client.channel { clientLoses(channel, then: .stayAway(time)) }
        case .settled: settled(index)
        case .clockChanged(let state, let reference):
            tell("\(name(index)) clock is \(state), by \(reference ?? "nobody")")
            unsettleClock(of: index)
        case .clockStepped(let step):
            tell("\(name(index)) mesh time steps by \(step.seconds) s")
            if step.magnitude > .milliseconds(1) { unsettleClock(of: index) }
            if step.magnitude > .seconds(1) { disown(index) }
        case .timeOfDay(let correction):
            tell("\(name(index)) takes mesh time and \(correction.seconds) s for the time of day")
            nodes[index].timeOfDaySince = now
        case .log(_, let line): tell("\(name(index)) logs: \(line)")
        }
    }

    private func report(of index: Int) {
        drive(nodes[index].clock.system(at: now), of: index)
        if brokers.count > 1, let isLonely = nodes[index].ask({ $0.missesOthers }) {
            nodes[index].choice?.failBack.isLonely = isLonely
        }
        // Composing it costs more than it tells: now and then will do.
        if nodes[index].random.chance(0.05) { drive(.report([]), of: index) }
    }

    /// All that the broker keeps for a node has come.
    private func settled(_ index: Int) {
        nodes[index].client.isSettling = false
        nodes[index].changedAt = now
        nodes[index].freshUntil = min(nodes[index].freshUntil, now + .milliseconds(1010))
        if isConnected(index) { setReady(now + .milliseconds(1100) + scenario.longestDelay * 5, of: index) }
    }

    /// A message as the node's release writes it: what the last one lacked is left out. A status says so by its description.
    private func asSpoken(_ message: MQTTMessage, by index: Int) -> MQTTMessage {
        guard scenario.nodes[index].isOfLastRelease else { return message }
        var spoken = message
        if message.topic.hasSuffix("/override"),
            var override = try? JSON.decode(OverrideMessage.self, from: message.payload)
        {
            override.contract = nil
            spoken.payload = JSON.encode(override)
        } else if message.topic.contains("/sensor/"),
            var sensor = try? JSON.decode(SensorMessage.self, from: message.payload)
        {
            for zone in sensor.zones.keys { sensor.zones[zone]?.holdSeconds = nil }
            spoken.payload = JSON.encode(sensor)
        }
        return spoken
    }

    private func send(_ packets: [Packet], of index: Int) {
        guard let channel = nodes[index].client.channel else { return }
        for packet in packets { sendUp(packet, on: channel) }
    }

    /// A frame, if one is due: what the bars show now. No level may jump.
    ///
    /// - Returns: whether one was.
    private func draw(_ index: Int, _ frame: (inout NodeMachine, Int64) -> Int64?) -> Bool {
        guard let due = nodes[index].change(at: now, frame) ?? nil else { return false }
        var changed = false
        for bar in nodes[index].bars.indices {
            guard let level = nodes[index].ask({ $0.look(ofBar: bar).light.lightness.value }) else { return true }
            if level != nodes[index].bars[bar].level { changed = true }
            show(level, on: bar, of: index)
        }
        if changed { drive(.written(due: due, toAll: true), of: index) }
        return true
    }

    private func show(_ level: Double, on bar: Int, of index: Int) {
        let before = nodes[index].bars[bar]
        checkJump(from: before, to: level, bar: bar, of: index)
        if before.level == 0, level > 0 {
            // In a walk the first time counts: a word that comes late lights it once more.
            if before.litAt == nil {
                nodes[index].bars[bar].litAt = now
                nodes[index].bars[bar].litBound = nodes[index].bound(at: now)
                nodes[index].bars[bar].litBy = nodes[index].clocks
                nodes[index].bars[bar].litSince = nodes[index].clockSince
            }
            nodes[index].bars[bar].dimmedAt = nil
            tell("\(name(index)) bar \(bar) lights")
        }
        // What fades, rests and fades again went to another brightness first, as the time of day wanted.
        let rests = now - before.fellAt > scenario.nodes[index].frame * 3 + .milliseconds(300)
        if level < before.level { nodes[index].bars[bar].fellAt = now }
        if level < before.level, rests || nodes[index].bars[bar].dimmedAt == nil {
            nodes[index].bars[bar].dimmedAt = now
            nodes[index].bars[bar].dimmedFrom = before.level
            nodes[index].bars[bar].dimmedBound = nodes[index].bound(at: now)
            nodes[index].bars[bar].dimmedBy = nodes[index].clocks
            tell("\(name(index)) bar \(bar) dims")
        }
        // Up to a hundredth of the scale more is no coming on again, as catching up may begin with that, unless the bar is
        // back where it was: a difference of one in CIE lightness, 0 to 100, is about what one just notices.
        nodes[index].bars[bar].lowest = before.dimmedAt == nil ? level : min(before.lowest, level)
        let isBack = level > before.lowest + 0.01 || level >= before.dimmedFrom
        if level > before.level, before.dimmedAt == nil || isBack {
            nodes[index].bars[bar].dimmedAt = nil
            nodes[index].bars[bar].roseAt = now
        }
        if level == 0, before.level > 0 { tell("\(name(index)) bar \(bar) is dark") }
        nodes[index].bars[bar].level = level
        nodes[index].bars[bar].drawnAt = now
    }

    /// When it is to be woken next.
    func plan(_ index: Int) {
        guard let due = nodes[index].ask({ $0.nextDue }), due != .max else { return }
        let at = max(nodes[index].clock.truth(of: due), now)
        if let planned = nodes[index].wakeAt, planned <= at, planned > now { return }
        nodes[index].wakeAt = at
        queue.push(.wake(node: index, boot: nodes[index].boot), at: at)
    }

    func wake(_ index: Int) {
        // One that was planned before something else came in between is void.
        guard nodes[index].machine != nil, nodes[index].wakeAt == now else { return }
        nodes[index].wakeAt = nil
        guard countWake(of: index) else { return }
        attend(index)
    }

    /// Counts how often a node is woken: one that is woken all the time spins.
    func countWake(of index: Int) -> Bool {
        if now - nodes[index].wakesSince > .seconds(1) {
            nodes[index].wakesSince = now
            nodes[index].wakes = 0
        }
        nodes[index].wakes += 1
        guard nodes[index].wakes > 3000 else { return true }
        violate(.idle, "\(name(index)) was woken 3000 times within a second")
        return false
    }
}
