internal import Lighting
internal import MQTT
internal import Mesh

extension World {
    func name(_ node: Int) -> String { "\(scenario.nodes[node].site):\(scenario.nodes[node].name)" }

    func tell(_ line: @autoclosure () -> String) {
        if story.isTelling { story.add("\(clockText)  \(line())") }
    }

    /// A node's process begins: it reads its cache and its sensors, and tries to connect.
    func boot(_ index: Int) {
        guard nodes[index].downs == 0, nodes[index].core == nil else { return }
        let plan = scenario.nodes[index]
        nodes[index].boot += 1
        nodes[index].bootedAt = now
        nodes[index].client = SimulatedClient()
        nodes[index].isStopping = false
        nodes[index].freshUntil = .distantFuture
        setReady(nil, of: index)
        nodes[index].clock.boot(plan.name, site: plan.site, at: now)
        nodes[index].clockWakeAt = nil
        nodes[index].toldOrder = nil
        nodes[index].toldWord = nil
        nodes[index].toldLit = true
        var description = NodeDescription(
            site: plan.site, node: plan.name, bars: plan.bars.map { .init(name: $0, channels: "white") },
            sensors: plan.sensors.map {
                .init(
                    name: scenario.sensors[$0].name, driver: "simulated", stuckLimit: scenario.sensors[$0].stuckLimit)
            },
            version: "1", bootId: "\(index)-\(nodes[index].boot)", started: nodes[index].clock.mesh(at: now),
            synchronised: nodes[index].clock.isSynchronised, priority: plan.priority)
        if plan.isOfLastRelease { description.contract = nil }
        if scenario.light == index { description.lights = [World.window] }
        tell("\(name(index)) starts, for the \(nodes[index].boot). time")
        nodes[index].core = NodeCore(description)
        for bar in nodes[index].bars.indices { nodes[index].bars[bar] = SimulatedNode.Bar() }
        forgetKnowledge(of: index)
        handle(.clock(isTrusted: false), of: index)
        send(nodes[index].client.subscribe(ClockTopic.filters(for: plan.name, site: plan.site)), of: index)
        for (topic, payload) in nodes[index].cache.sorted(by: { $0.key < $1.key }) {
            handle(.remembered(topic: topic, payload: payload), of: index)
        }
        tellWord(of: index)
        draw(index)
        for sensor in plan.sensors {
            if sensors[sensor].people > 0 {
                see(sensor, true)
            } else {
                sensors[sensor].isLow()
                handle(.heard(sensor: scenario.sensors[sensor].name, SensorHearing(isAlive: true)), of: index)
            }
        }
        if scenario.light == index { measure() }
        startChoice(of: index)
    }

    /// A node's process is gone at once.
    func die(_ index: Int) {
        let line = nodes[index].clock.ask(at: now) { core, _ in core.line }
        if let line, let identity = nodes[index].clock.identity { bury(identity, line, of: index) }
        nodes[index].core = nil
        nodes[index].clock.core = nil
        nodes[index].boot += 1
        nodes[index].client.channel = nil
        nodes[index].wakeAt = nil
        setReady(nil, of: index)
        for bar in nodes[index].bars.indices { nodes[index].bars[bar].level = 0 }
        for sensor in scenario.nodes[index].sensors { unsee(sensor) }
    }

    /// The core takes up an event; what it wants is done, and its bars are drawn.
    func handle(_ event: NodeEvent, of index: Int) {
        let mesh = nodes[index].clock.mesh(at: now)
        guard let actions = nodes[index].core?.handle(event, at: mesh) else { return }
        for action in actions { perform(action, of: index) }
    }

    /// An event, and what comes of it for the light.
    func occur(_ event: NodeEvent, to index: Int) {
        handle(event, of: index)
        draw(index)
        plan(index)
        check(node: index)
    }

    private func perform(_ action: NodeAction, of index: Int) {
        switch action {
        case .publish(let publication):
            if story.isTelling, !publication.topic.hasSuffix("/status"), !publication.topic.contains("/bar/") {
                tell("\(name(index)) publishes \(publication.topic) \(Story.text(publication.payload))")
            }
            send(nodes[index].client.publish(asSpoken(publication, by: index)), of: index)
        case .subscribe(let filters): send(nodes[index].client.subscribe(filters), of: index)
        case .unsubscribe(let filters): send(nodes[index].client.unsubscribe(filters), of: index)
        case .remember(let topic, let payload):
            nodes[index].cache[topic] = payload.isEmpty ? nil : payload
        case .loadTimeZone: setTimeOfDay(of: index)
        case .tellClock(returned: let other): tellClock(.returned(other), of: index)
        case .reportHealth:
            tellClock(nodes[index].clock.system(at: now), of: index)
            if nodes[index].choice != nil, let isLonely = nodes[index].ask({ $0.missesOthers }) {
                nodes[index].choice?.failBack.isLonely = isLonely
            }
            // Composing it costs more than it tells: now and then will do.
            let mesh = nodes[index].clock.mesh(at: now)
            if nodes[index].random.chance(0.05), let report = nodes[index].ask({ $0.health(at: mesh, checks: []) }) {
                send(nodes[index].client.publish(report), of: index)
            }
        // Nobody is on a wire here: Tests/MeshTests/Wire simulates those. Nor is anybody looked after: that is FleetWorld's.
        case .restart, .signal, .probe, .run: break
        case .giveWay(let time, let why):
            tell("\(name(index)) gives way: \(why)")
            if let channel = nodes[index].client.channel { clientLoses(channel, then: .stayAway(time)) }
        case .log(_, let line): tell("\(name(index)) logs: \(line)")
        }
    }

    /// A message as the node's release writes it: what the last one lacked is left out. A status says so by its description.
    private func asSpoken(_ publication: NodeAction.Publication, by index: Int) -> NodeAction.Publication {
        guard scenario.nodes[index].isOfLastRelease else { return publication }
        var spoken = publication
        if publication.topic.hasSuffix("/override"),
            var message = try? JSON.decode(OverrideMessage.self, from: publication.payload)
        {
            message.contract = nil
            spoken.payload = JSON.encode(message)
        } else if publication.topic.contains("/sensor/"),
            var message = try? JSON.decode(SensorMessage.self, from: publication.payload)
        {
            for zone in message.zones.keys { message.zones[zone]?.holdSeconds = nil }
            spoken.payload = JSON.encode(message)
        }
        return spoken
    }

    private func send(_ packets: [Packet], of index: Int) {
        guard let channel = nodes[index].client.channel else { return }
        for packet in packets { sendUp(packet, on: channel) }
    }

    /// A frame: what the bars show now. No level may jump.
    func draw(_ index: Int) {
        let mesh = nodes[index].clock.mesh(at: now)
        let frame = scenario.nodes[index].frame
        let next = nodes[index].core?.draw(at: mesh, interval: frame)
        nodes[index].nextFrame = next.flatMap { $0 }
        var changed = false
        for bar in nodes[index].bars.indices {
            guard let level = nodes[index].ask({ $0.light(ofBar: bar).lightness.value }) else { return }
            if level != nodes[index].bars[bar].level { changed = true }
            show(level, on: bar, of: index)
        }
        guard changed else { return }
        nodes[index].core?.written(at: mesh)
        let isLit = nodes[index].ask { $0.isLit } ?? false
        if isLit != nodes[index].toldLit {
            nodes[index].toldLit = isLit
            tellClock(.lit(isLit), of: index)
        }
    }

    private func show(_ level: Double, on bar: Int, of index: Int) {
        let before = nodes[index].bars[bar]
        checkJump(from: before, to: level, bar: bar, of: index)
        if before.level == 0, level > 0 {
            // In a walk the first time counts: a word that comes late lights it once more.
            if before.litAt == nil {
                nodes[index].bars[bar].litAt = now
                nodes[index].bars[bar].litBound = nodes[index].clock.bound(at: now)
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
            nodes[index].bars[bar].dimmedBound = nodes[index].clock.bound(at: now)
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
        let mesh = nodes[index].clock.mesh(at: now)
        nodes[index].nextDue = nodes[index].ask { $0.nextDue(after: mesh) } ?? nil
        planWake(index)
    }

    /// When that is by the clock as it goes now.
    func planWake(_ index: Int) {
        let due = nodes[index].nextDue
        guard let earliest = nodes[index].nextFrame.map({ min($0, due ?? $0) }) ?? due else { return }
        let at = max(nodes[index].clock.truth(of: earliest), now)
        if nodes[index].wakeAt == at { return }
        nodes[index].wakeAt = at
        queue.push(.wake(node: index, boot: nodes[index].boot), at: at)
    }

    func wake(_ index: Int) {
        // One that was planned before something else came in between is void.
        guard nodes[index].core != nil, nodes[index].wakeAt == now else { return }
        nodes[index].wakeAt = nil
        guard countWake(of: index) else { return }
        if let due = nodes[index].nextDue, due <= nodes[index].clock.mesh(at: now) {
            occur(.tick, to: index)
        } else {
            draw(index)
            planWake(index)
        }
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
