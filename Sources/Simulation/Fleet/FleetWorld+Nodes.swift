internal import Fleet
internal import Lighting
internal import MQTT
internal import Mesh

extension FleetWorld {
    private func publish(_ topic: Topic, _ payload: [UInt8], retain: Bool, of node: Int) -> MQTTMessage {
        MQTTMessage(topic: topic.name(site: FleetWorld.site), payload: payload, retain: retain)
    }

    private mutating func say(_ topic: Topic, _ payload: [UInt8], retain: Bool, by node: Int) {
        let peer = node + FleetWorld.agentCount
        guard peers[peer].isUp, !nodes[node].isHung else { return }
        let message = publish(topic, payload, retain: retain, of: node)
        sendUp(.publish(peers[peer].attempt, message), from: peer)
    }

    /// What the broker says when the peer is gone.
    func will(of peer: Int) -> MQTTMessage? {
        if peer < FleetWorld.agentCount {
            guard let will = agents[peer].core?.will else { return nil }
            return MQTTMessage(topic: will.topic, payload: will.payload, retain: true)
        }
        let node = nodes[peer - FleetWorld.agentCount]
        let status = node.status(.offline, started: startOf(node), connection: peers[peer].attempt + 1)
        return publish(.status(node: node.name), JSON.encode(status), retain: true, of: peer)
    }

    /// Boots follow one another: their order is all that matters.
    private func startOf(_ node: SimulatedFleetNode) -> MeshInstant { start + .seconds(node.boot) }

    /// A node's agent starts.
    mutating func boot(_ node: Int) {
        guard !nodes[node].isRunning else { return }
        nodes[node].boot += 1
        if nodes[node].version == "dead" { return diesAtOnce(node) }
        nodes[node].isRunning = true
        nodes[node].isHung = false
        nodes[node].taken = ActionMemory()
        // It will have proved itself when it has lived for ten seconds; nothing here kills it sooner by itself.
        nodes[node].former = nil
        tell("\(nodes[node].name) starts, boot \(nodes[node].boot), version \(nodes[node].version)")
        noteWork(node)
        connect(node + FleetWorld.agentCount)
        queue.push(.report(node, boot: nodes[node].boot), at: now + .seconds(10))
    }

    /// The broker took its connection.
    mutating func born(_ node: Int) {
        say(.status(node: nodes[node].name), JSON.encode(status(of: node)), retain: true, by: node)
    }

    private func status(of node: Int) -> NodeStatus {
        nodes[node].status(
            .online, started: startOf(nodes[node]), connection: peers[node + FleetWorld.agentCount].attempt)
    }

    mutating func reportRegularly(_ node: Int) {
        guard nodes[node].isRunning else { return }
        // A report that a probe asked for is as good.
        if now - nodes[node].reportedAt >= .seconds(10) { report(node) }
        queue.push(.report(node, boot: nodes[node].boot), at: nodes[node].reportedAt + .milliseconds(10_100))
    }

    private mutating func report(_ node: Int) {
        nodes[node].reportedAt = now
        say(.health(node: nodes[node].name), JSON.encode(nodes[node].report(at: now)), retain: false, by: node)
    }

    /// A node's agent ends; `backAfter`: it is started again then.
    mutating func die(_ node: Int, withPower: Bool, backAfter: Duration?) {
        guard nodes[node].isRunning else { return }
        nodes[node].isRunning = false
        abandon(node + FleetWorld.agentCount, withPower: withPower)
        noteWork(node)
        if let backAfter { queue.push(.boot(node, boot: nodes[node].boot), at: now + backAfter) }
    }

    /// Remembers since when a node doesn't do its work, and whether it does.
    mutating func noteWork(_ node: Int) {
        if nodes[node].isWorking {
            if nodes[node].failedAt != nil { nodes[node].lastFailed = now }
            nodes[node].failedAt = nil
        } else if nodes[node].failedAt == nil {
            nodes[node].failedAt = now
            nodes[node].isDetected = false
        }
    }

    mutating func hear(_ topic: String, _ payload: [UInt8], at node: Int) {
        guard nodes[node].isRunning, !nodes[node].isHung, let topic = Topic(name: topic, site: FleetWorld.site) else {
            return
        }
        switch topic {
        case .nodeConfiguration:
            guard let message = try? JSON.decode(PlacesMessage.self, from: payload),
                message.revision >= nodes[node].configuration?.revision ?? 0
            else { return }
            tell("\(nodes[node].name) has places \(message.bars ?? [:]) \(message.sensors ?? [:])")
            nodes[node].configuration = message
            report(node)
        case .status:
            // Its word is the last, whatever a broker kept.
            guard let status = try? JSON.decode(NodeStatus.self, from: payload), status != self.status(of: node) else {
                return
            }
            born(node)
        case .action:
            if let action = try? JSON.decode(ActionMessage.self, from: payload) { act(action, on: node) }
        default: break
        }
    }

    private mutating func act(_ action: ActionMessage, on node: Int) {
        guard nodes[node].taken.take(action.id, isProbe: action.action == "probe") else { return }
        if let expires = action.expires, MeshInstant(nanoseconds: expires) < now {
            return answer(action, on: node, "expired")
        }
        if let bootId = action.bootId, bootId != nodes[node].bootId {
            return answer(action, on: node, "meant for boot \(bootId)")
        }
        if action.action == "probe" {
            report(node)
            return answer(action, on: node, nil)
        }
        tell("\(nodes[node].name) is to \(action.action) \(action.version ?? "")")
        let id = "\(nodes[node].name) \(action.id)"
        executed[id, default: 0] += 1
        if executed[id] != 1 { violate("\(id) is done twice") }
        switch action.action {
        case "restart":
            answer(action, on: node, nil)
            if nodes[node].fault == .restart { nodes[node].fault = nil }
            die(node, withPower: true, backAfter: random.seconds(0.5...3))
        case "reboot":
            answer(action, on: node, nil)
            if nodes[node].fault != .nothing { nodes[node].fault = nil }
            die(node, withPower: true, backAfter: random.seconds(15...60))
        case "update":
            if let busy = nodes[node].taken.begin(action.id) { return answer(action, on: node, busy) }
            // Its program takes its time, now and then a long one.
            let time = random.chance(0.1) ? random.seconds(40...100) : random.seconds(0.3...15)
            queue.push(.installed(node, boot: nodes[node].boot, action), at: now + time)
        default: break
        }
    }

    /// The program that updates a node has ended.
    mutating func installed(_ action: ActionMessage, on node: Int) {
        guard nodes[node].isRunning else { return }
        guard !nodes[node].isHung, nodes[node].taken.end(action.id), let version = action.version else { return }
        if scenario.goneVersions.contains(version) { return answer(action, on: node, "update ended with code 1") }
        answer(action, on: node, nil)
        nodes[node].former = nodes[node].version
        nodes[node].version = version
        die(node, withPower: true, backAfter: random.seconds(0.2...3))
    }

    /// A version that passes every check and then dies, again and again; where something goes back, it does so once.
    private mutating func diesAtOnce(_ node: Int) {
        tell("\(nodes[node].name) dies, version \(nodes[node].version)")
        guard nodes[node].former != nil, nodes[node].goesBack else { return }
        queue.push(.goBack(node, boot: nodes[node].boot), at: now + random.seconds(1...30))
    }

    mutating func goBack(_ node: Int) {
        guard let former = nodes[node].former, !scenario.goneVersions.contains(former) else { return }
        nodes[node].version = former
        nodes[node].former = nil
        boot(node)
    }

    private mutating func answer(_ action: ActionMessage, on node: Int, _ error: String?) {
        let result = ResultMessage(id: action.id, done: error == nil, error: error)
        say(.result(node: nodes[node].name), JSON.encode(result), retain: false, by: node)
    }

    // MARK: - Disturbances

    mutating func begin(_ disturbance: FleetDisturbance) {
        tell("** \(disturbance.kind)")
        switch disturbance.kind {
        case .crash(let node, let backAfter): die(node, withPower: true, backAfter: backAfter)
        case .powerLoss(let node, let backAfter): die(node, withPower: false, backAfter: backAfter)
        case .hang(let node):
            guard nodes[node].isRunning, !nodes[node].isHung else { return }
            nodes[node].isHung = true
            noteWork(node)
            expectTimeouts(of: node + FleetWorld.agentCount)
        case .barFault(let node, let remedy):
            nodes[node].fault = remedy
            noteWork(node)
        case .cut(let cut, let time):
            let peers = cut.map { $0 + FleetWorld.agentCount }
            for peer in peers { self.cut(peer) }
            queue.push(.mend(peers), at: now + time)
        case .cutBridge(let time):
            cutBridge()
            queue.push(.mendBridge, at: now + time)
        case .brokerStop(let time, let losingMemory):
            stopBroker(losingMemory: losingMemory)
            queue.push(.brokerStart, at: now + time)
        case .killLeader(let backAfter): killLeader(backAfter: backAfter)
        case .pauseLeader(let time):
            guard let leader, !agents[leader].isPaused else { return }
            agents[leader].isPaused = true
            expectTimeouts(of: leader)
            queue.push(.resume(leader, boot: agents[leader].boot), at: now + time)
        case .cutLeader(let time):
            guard let leader else { return }
            cut(leader)
            queue.push(.mend([leader]), at: now + time)
        case .refresh(let zone, let version, let bakeSeconds):
            order(zone: "zone\(zone)", version: version, bakeSeconds: bakeSeconds)
        }
    }
}
