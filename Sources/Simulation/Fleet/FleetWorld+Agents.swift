internal import Fleet
internal import Lighting
internal import MQTT
internal import Mesh

extension FleetWorld {
    /// The fleet agent that leads, or may think so.
    var leader: Int? { agents.indices.first { agents[$0].core?.isLeading(at: local($0)) == true } }

    /// What an agent's clock shows.
    func local(_ agent: Int) -> MeshInstant { now + agents[agent].clockOffset }

    mutating func start(_ agent: Int) {
        guard agents[agent].core == nil else { return }
        let core = FleetCore(
            FleetDescription(
                site: FleetWorld.site, id: agents[agent].name, bootId: "\(agents[agent].name)-\(agents[agent].boot)",
                started: local(agent), version: "1", priority: 50, policy: scenario.policy), at: local(agent))
        agents[agent].core = core
        agents[agent].wakeAt = nil
        peers[agent].filters = core.filters
        tell("agent \(agents[agent].name) starts")
        connect(agent)
    }

    mutating func occur(_ event: FleetEvent, to agent: Int) {
        guard agents[agent].core != nil else { return }
        if agents[agent].isPaused {
            if case .tick = event { return }
            return agents[agent].held.append(event)
        }
        let wasLeading = agents[agent].core?.isLeading(at: local(agent)) == true
        // Taken out meanwhile, so that nothing is copied.
        guard var core = agents[agent].core.take() else { return }
        let actions = core.handle(event, at: local(agent))
        let due = core.nextDue(after: local(agent)).map { $0 - agents[agent].clockOffset }
        if let fault = core.checkInvariants(at: local(agent)) { violate("\(agents[agent].name): \(fault)") }
        agents[agent].core = core
        if core.isLeading(at: local(agent)) {
            lastLed = now
        }
        watchRivals(of: agent)
        if !wasLeading, core.isLeading(at: local(agent)), let lost = leaderLostAt {
            takeovers.append((now - lost).seconds)
            leaderLostAt = nil
        }
        if let due {
            let at = max(due, now + .microseconds(1))
            if agents[agent].wakeAt.map({ $0 > at || $0 <= now }) ?? true {
                agents[agent].wakeAt = at
                queue.push(.wake(agent, boot: agents[agent].boot), at: at)
            }
        }
        for action in actions { perform(action, by: agent) }
    }

    /// On one broker never two lead at once. Two brokers have no order in common: each side of a broken bridge has its own,
    /// and afterwards, and whenever both claim at once, both may lead until the higher term has come to the other.
    private mutating func watchRivals(of agent: Int) {
        let leaders = agents.indices.filter { agents[$0].core?.isLeading(at: local($0)) == true }
        guard leaders.count > 1, bridgeCuts == 0 else {
            rivalsSince = nil
            return
        }
        let since = rivalsSince ?? now
        rivalsSince = since
        if scenario.far == nil || now - since > FleetWorld.longestDelay * 2 { violate("two fleet agents lead at once") }
    }

    private mutating func perform(_ action: FleetAction, by agent: Int) {
        switch action {
        case .publish(let publication):
            if FleetTopic(name: publication.topic, site: FleetWorld.site) == .activity {
                judge(publication.payload)
            }
            guard peers[agent].isUp else { return }
            let message = MQTTMessage(
                topic: publication.topic, payload: publication.payload,
                qos: publication.qos == 0 ? .atMostOnce : .atLeastOnce, retain: publication.retain)
            sendUp(.publish(peers[agent].attempt, message), from: agent)
        case .loadTimeZone(let name): occur(.civilClock(timeZone: name, .utc), to: agent)
        case .log(_, let line): tell("\(agents[agent].name): \(line)")
        case .remember, .giveWay, .lookElsewhere: break
        }
    }

    mutating func resume(_ agent: Int) {
        guard agents[agent].isPaused else { return }
        agents[agent].isPaused = false
        cutNumbers[agent] += 1
        tell("agent \(agents[agent].name) goes on")
        let held = agents[agent].held
        agents[agent].held = []
        agents[agent].wakeAt = nil
        // Its timer has run out too; which comes first is chance.
        if random.chance(0.5) { occur(.tick, to: agent) }
        for event in held { occur(event, to: agent) }
        occur(.tick, to: agent)
    }

    /// An operator orders a refresh.
    mutating func order(zone: String, version: String, bakeSeconds: Double) {
        var command = FleetCommand(.startRefresh, id: "order-\(now.nanoseconds)", zone: zone)
        command.version = version
        var preferences = RefreshMessage.Preferences()
        preferences.bakeTimeSeconds = bakeSeconds
        command.preferences = preferences
        guard brokers[0].isUp else { return }
        route(
            MQTTMessage(
                topic: FleetTopic.command.name(site: FleetWorld.site), payload: JSON.encode(command), retain: false),
            at: 0)
    }

    /// kill -9 of the fleet agent that leads, and a start of it later.
    mutating func killLeader(backAfter: Duration) {
        guard let leader else { return }
        history.killed()
        tell("agent \(agents[leader].name), which leads, is killed amid \(history.open.count) matters")
        // Where there is nobody to take over, how long it takes says nothing.
        let hasOther = agents.indices.contains { $0 != leader && agents[$0].core != nil }
        leaderLostAt = hasOther ? now : nil
        agents[leader].core = nil
        agents[leader].boot += 1
        agents[leader].isPaused = false
        agents[leader].held = []
        abandon(leader, withPower: true)
        queue.push(.startAgent(leader), at: now + backAfter)
    }

    /// A kill amid something: where nothing is under way any more, the next thing that is gets its own.
    mutating func killAmid() {
        history.isKillDue = false
        guard !history.open.isEmpty, leader != nil else { return }
        killLeader(backAfter: random.seconds(1...90))
    }

    /// Something is under way: the scenario may want the leader killed at a random moment of it.
    mutating func considerKill() {
        guard !history.isKillDue, !history.open.isEmpty, history.kills.count < scenario.killsAmid else { return }
        history.isKillDue = true
        queue.push(.killAmid, at: now + random.seconds(0...40))
    }
}
