internal import Fleet
internal import Lighting
internal import Mesh

extension FleetWorld {
    private func publish(_ topic: Topic, _ payload: [UInt8], retain: Bool, of node: Int) -> Packet.Message {
        Packet.Message(topic: topic.name(site: FleetWorld.site), payload: payload, retain: retain, qos: 1)
    }

    private mutating func say(_ topic: Topic, _ payload: [UInt8], retain: Bool, by node: Int) {
        let peer = node + FleetWorld.agentCount
        guard peers[peer].isUp, !nodes[node].isHung else { return }
        let message = publish(topic, payload, retain: retain, of: node)
        sendUp(.publish(peers[peer].attempt, message), from: peer)
    }

    /// What the broker says when the peer is gone.
    func will(of peer: Int) -> Packet.Message? {
        if peer < FleetWorld.agentCount {
            guard let will = agents[peer].core?.will else { return nil }
            return Packet.Message(topic: will.topic, payload: will.payload, retain: true, qos: 1)
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
        guard nodes[node].version != "dead" else { return }
        nodes[node].boot += 1
        nodes[node].isRunning = true
        nodes[node].isHung = false
        nodes[node].heardIDs = []
        tell("\(nodes[node].name) starts, boot \(nodes[node].boot), version \(nodes[node].version)")
        noteWork(node)
        connect(node + FleetWorld.agentCount)
        queue.push(.report(node, boot: nodes[node].boot), at: now + .seconds(10))
    }

    /// The broker took its connection.
    mutating func born(_ node: Int) {
        let status = nodes[node].status(
            .online, started: startOf(nodes[node]), connection: peers[node + FleetWorld.agentCount].attempt)
        say(.status(node: nodes[node].name), JSON.encode(status), retain: true, by: node)
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
            tell("\(nodes[node].name) has places \(message.bars ?? [:])")
            nodes[node].configuration = message
            report(node)
        case .action:
            if let action = try? JSON.decode(ActionMessage.self, from: payload) { act(action, on: node) }
        default: break
        }
    }

    private mutating func act(_ action: ActionMessage, on node: Int) {
        guard nodes[node].heardIDs.insert(action.id).inserted else { return }
        if let bootId = action.bootId, bootId != nodes[node].bootId { return answer(action, on: node, "another boot") }
        if let expires = action.expires, MeshInstant(nanoseconds: expires) < now {
            return answer(action, on: node, "expired")
        }
        if action.action == "probe" {
            report(node)
            return answer(action, on: node, nil)
        }
        tell("\(nodes[node].name) is to \(action.action) \(action.version ?? "")")
        executed[action.id, default: 0] += 1
        if executed[action.id] != 1 { violate("\(nodes[node].name) did \(action.id) twice") }
        answer(action, on: node, nil)
        switch action.action {
        case "restart":
            if nodes[node].fault == .restart { nodes[node].fault = nil }
            die(node, withPower: true, backAfter: random.seconds(0.5...3))
        case "reboot":
            if nodes[node].fault != .nothing { nodes[node].fault = nil }
            die(node, withPower: true, backAfter: random.seconds(15...60))
        case "update":
            let old = nodes[node].version
            nodes[node].version = action.version ?? old
            die(node, withPower: true, backAfter: random.seconds(1...8))
            if nodes[node].version == "dead" {
                // The node's own watchdog goes back to what came up before.
                nodes[node].fallback = old
                queue.push(.fallBack(node, boot: nodes[node].boot), at: now + random.seconds(20...90))
            }
        default: break
        }
    }

    mutating func fallBack(_ node: Int) {
        guard let version = nodes[node].fallback, nodes[node].version == "dead" else { return }
        nodes[node].version = version
        nodes[node].fallback = nil
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
        case .brokerStop(let time, let losingMemory):
            stopBroker(losingMemory: losingMemory)
            queue.push(.brokerStart, at: now + time)
        case .killLeader(let backAfter):
            guard let leader else { return }
            leaderLostAt = now
            agents[leader].core = nil
            agents[leader].boot += 1
            agents[leader].isPaused = false
            agents[leader].held = []
            abandon(leader, withPower: true)
            queue.push(.startAgent(leader), at: now + backAfter)
        case .pauseLeader(let time):
            guard let leader, !agents[leader].isPaused else { return }
            agents[leader].isPaused = true
            expectTimeouts(of: leader)
            queue.push(.resume(leader, boot: agents[leader].boot), at: now + time)
        case .cutLeader(let time):
            guard let leader else { return }
            cut(leader)
            queue.push(.mend([leader]), at: now + time)
        case .refresh(let zone, let version): order(zone: "zone\(zone)", version: version)
        }
    }
}
