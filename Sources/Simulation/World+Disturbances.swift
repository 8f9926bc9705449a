internal import Lighting
internal import MQTT
internal import Mesh
internal import Node

extension World {
    func begin(_ disturbance: Disturbance) {
        tell("— \(scenario.text(of: disturbance))")
        if disturbance.isOfNetwork { disturbedAt = now }
        switch disturbance.kind {
        case .motion(let sensor): appear(before: sensor)
        case .trigger(let sensor, let seconds):
            let action = ActionMessage(
                action: "trigger", id: "t\(random.next())", sensor: scenario.sensors[sensor].name, seconds: seconds)
            let plan = scenario.nodes[sensors[sensor].node]
            publish(Topic.action(node: plan.name).name(site: plan.site), JSON.encode(action), retain: false)
        case .partition(let some): for node in some { cut(node) }
        case .breakConnections(let some):
            for node in some {
                for broker in brokers { if let session = broker.sessions[node] { brokerLoses(session) } }
                if let channel = nodes[node].client.channel { clientLoses(channel) }
            }
        case .broker(let number, let losingMemory, let powerLoss):
            killBroker(number, losingMemory: losingMemory, powerLoss: powerLoss)
        case .kill(let node), .powerLoss(let node):
            nodes[node].downs += 1
            guard nodes[node].machine != nil else { return }
            guard case .powerLoss = disturbance.kind else {
                abandon(node, withPower: true)
                return die(node)
            }
            abandon(node, withPower: false)
            die(node)
            nodes[node].clock.restart(at: now)
        case .stop(let node):
            nodes[node].downs += 1
            guard nodes[node].machine != nil, !nodes[node].isStopping else { return }
            nodes[node].isStopping = true
            setReady(nil, of: node)
            occur(.stop, to: node)
            let rests = max(nodes[node].ask { $0.restsAt }.map(nodes[node].clock.truth) ?? now, now)
            queue.push(.farewell(node: node, boot: nodes[node].boot), at: rests + .milliseconds(50))
        case .clockStep(let node, let amount): step(node, by: amount)
        case .timeServer(let node, let error):
            nodes[node].clock.synchronise(within: error)
            drive(nodes[node].clock.system(at: now), of: node)
            attend(node)
        case .apply(let zone, let configuration): apply(configuration, to: zone)
        case .remove(let zone): apply(nil, to: zone)
        case .command(let zone, let payload): command(payload, for: zone)
        case .places(let isTakenBack): tellPlaces(isTakenBack: isTakenBack)
        case .fill(let place, let node, let tellsFormer): fill(place, by: node, tellsFormer: tellsFormer)
        case .save: for broker in brokers.indices where brokers[broker].isUp { brokers[broker].save() }
        case .garbage(let number): publishGarbage(number)
        }
    }

    func end(_ disturbance: Disturbance) {
        if disturbance.isOfNetwork { disturbedAt = now }
        switch disturbance.kind {
        case .motion(let sensor): leave(sensor)
        case .partition(let some): for node in some { mend(node) }
        case .broker(let number, _, let powerLoss): startBroker(number, powerLoss: powerLoss)
        case .kill(let node), .powerLoss(let node), .stop(let node):
            nodes[node].downs -= 1
            if nodes[node].machine == nil { boot(node) }
        case .clockStep(let node, let amount): step(node, by: .zero - amount)
        case .remove(let zone): apply(scenario.zones[zone].zone, to: zone)
        case .trigger, .breakConnections, .timeServer, .apply, .command, .places, .fill, .save, .garbage: break
        }
    }

    func sayFarewell(_ node: Int) {
        guard nodes[node].isStopping, let farewell = nodes[node].ask({ $0.farewell() }) else { return }
        if let channel = nodes[node].client.channel, nodes[node].client.isOnline {
            for packet in nodes[node].client.publish(farewell, keep: false) { sendUp(packet, on: channel) }
            sendUp(.farewell, on: channel)
        }
        abandon(node, withPower: true)
        die(node)
        boot(node)
    }

    private func step(_ node: Int, by amount: Duration) {
        nodes[node].clock.setSystem(by: amount)
        drive(nodes[node].clock.system(at: now), of: node)
        attend(node)
    }

    // MARK: - People

    func appear(before sensor: Int) {
        sensors[sensor].people += 1
        if sensors[sensor].people == 1 { see(sensor, true) }
    }

    func leave(_ sensor: Int) {
        sensors[sensor].people -= 1
        if sensors[sensor].people == 0 { see(sensor, false) }
    }

    /// A sensor's level, as its node comes to know it.
    func see(_ sensor: Int, _ seen: Bool) {
        let node = sensors[sensor].node
        guard nodes[node].machine != nil, !nodes[node].isStopping else { return }
        tell("\(name(node)) \(scenario.sensors[sensor].name) \(seen ? "sees somebody" : "sees nobody")")
        if seen {
            sensors[sensor].rise(at: now)
            judge(sensor)
        } else {
            sensors[sensor].fall(at: now)
        }
        nodes[node].freshUntil = min(nodes[node].freshUntil, now)
        occur(.motion(sensor: scenario.sensors[sensor].name, seen: seen), to: node)
    }

    /// A sensor's node is gone.
    func unsee(_ sensor: Int) { sensors[sensor].fall(at: now, byDeath: true) }

    func walk(_ index: Int, step: Int) {
        let plan = walks[index].plan
        switch step {
        case 0:
            beginWalk(index)
            appear(before: plan.from)
            queue.push(.walk(index, step: 1), at: now + plan.seen)
            queue.push(.walk(index, step: 2), at: now + plan.takes)
        case 1: leave(plan.from)
        case 2:
            walks[index].secondEdge = now
            noteBounds(of: index)
            appear(before: plan.to)
            queue.push(.walk(index, step: 3), at: now + plan.seen)
        case 3:
            walks[index].lastMotion = now
            noteBounds(of: index)
            leave(plan.to)
            let zone = zones[plan.zone].current
            queue.push(.walk(index, step: 4), at: now + (zone.map(scenario.darkAfter) ?? .zero) + .seconds(1))
        default: checkWalk(index)
        }
    }

    // MARK: - Operator

    /// Publishes as a client that is beside the broker.
    func publish(_ topic: String, _ payload: [UInt8], retain: Bool) {
        guard let broker = operatorsBroker else { return }
        route(MQTTMessage(topic: topic, payload: payload, retain: retain), at: broker)
    }

    private func apply(_ configuration: Zone?, to zone: Int) {
        let known = zones.filter { $0.site == zones[zone].site }.map(\.revision).max()
        zones[zone].change(
            to: configuration, after: known ?? 0, filled: zones[zone].site == "home" ? fillers : [:], at: now, scenario)
        for sensor in sensors.indices where !zones[zone].sensors.contains(where: { $0.sensor == sensor }) {
            sensors[sensor].leaves(zone: zone)
        }
        pendingZones.append(zone)
        applyPending()
    }

    /// The operator publishes what has changed; without a broker, as soon as there is one again.
    func applyPending() {
        guard let broker = operatorsBroker else { return }
        for site in Set(pendingZones.map { zones[$0].site }).sorted() {
            let ours = zones.filter { $0.site == site }
            let message = SiteMessage(
                revision: ours.map(\.revision).max() ?? 0, zones: ours.filter { $0.current != nil }.map(\.name),
                timeZone: nil)
            publish(Topic.siteConfiguration.name(site: site), JSON.encode(message), retain: true)
            newestSites[site] = message.revision
        }
        for zone in pendingZones {
            let (name, site) = (zones[zone].name, zones[zone].site)
            if let zone = zones[zone].applied.map({ JSON.encode(ZoneMessage($0, revision: zones[zone].revision)) }) {
                publish(Topic.zoneConfiguration(zone: name).name(site: site), zone, retain: true)
            } else {
                for topic in [Topic.zoneConfiguration(zone: name), .override(zone: name), .state(zone: name)] {
                    publish(topic.name(site: site), [], retain: true)
                }
            }
            zones[zone].published(at: now)
        }
        pendingZones = []
        applyLostPlaces(at: broker)
    }

    /// A broker is back: an operator who has just applied something looks whether it is still there. Where one `isGone`, and
    /// nodes go to another, only what none of them knows is applied to that.
    func lookAgain(isGone: Bool = false) {
        for zone in zones.indices where !pendingZones.contains(zone) {
            // What no node knows, no node restores; who has it is the operator's own fleet agent.
            let isKnown = zones[zone].members.contains {
                nodes[$0.node].ask({ $0.core.revision(ofZone: zones[zone].name) }) == zones[zone].revision
            }
            let isNew = now - zones[zone].changedAt < scenario.savesEvery + .seconds(60)
            // Late, it is left to the nodes.
            if !isKnown || !isGone && isNew && now < start + scenario.automaticAt { pendingZones.append(zone) }
        }
        if !pendingZones.isEmpty || !newestPlaces.isEmpty { queue.push(.apply, at: now + .seconds(2)) }
    }

    private func command(_ payload: String, for zone: Int) {
        zones[zone].overriddenSince = now
        doubtSparing()
        publish(Topic.set(zone: zones[zone].name).name(site: zones[zone].site), Array(payload.utf8), retain: false)
    }

    func returnToAutomatic() {
        for zone in zones.indices where zones[zone].overriddenSince != nil && zones[zone].current != nil {
            tell("— the operator returns \(zones[zone].name) to automatic")
            zones[zone].returnedAt = now
            publish(Topic.set(zone: zones[zone].name).name(site: zones[zone].site), Array("auto".utf8), retain: false)
        }
    }

    /// What can't be a message, on a topic where one is expected.
    private func publishGarbage(_ number: UInt64) {
        var random = SplitMix64(seed: number)
        guard let broker = operatorsBroker else { return }
        let topics = brokers[broker].retained.keys.sorted()
        guard let topic = topics.randomElement(using: &random), let whole = brokers[broker].retained[topic] else {
            return
        }
        let payload: [UInt8]
        switch random.integer(0...6) {
        case 0: payload = Array(whole.prefix(random.integer(1...max(1, whole.count - 1))))
        case 1: payload = (0..<random.integer(1...300)).map { _ in UInt8(random.integer(128...255)) }
        case 2: payload = Array(repeating: 0x5b, count: random.integer(1...5000))
        case 3: payload = Array(#"{"motion":1,"revision":"x","bars":7,"state":"gone","zone":[],"issued":{}}"#.utf8)
        case 4:
            payload = Array(
                #"{"motion":true,"lastEdge":9223372036854775807,"lastMotion":-1,"zones":{"z0":{"start":-9223372036854775808,"origin":"n0/ir","firstMotion":0,"leadSeconds":1e308}}}"#
                    .utf8)
        case 5: payload = Array("null".utf8)
        default: payload = Array(#"{"bars":["../","n0/bar"],"sensors":{"n0":"first"},"holdSeconds":1e400}"#.utf8)
        }
        if payload == whole { return }
        publish(topic, payload, retain: false)
    }
}
