internal import Lighting
internal import MQTT
internal import Mesh

/// One broker or several, as MQTTConnection goes about them: by the very policies that it asks.
extension World {
    /// The broker that a node is at, or tries; nil: none.
    func broker(of node: Int) -> Int? { nodes[node].client.channel.map { channels[$0].broker } }

    /// Where the operator is: as the command line, at the first of the list that answers.
    var operatorsBroker: Int? { brokers.firstIndex { $0.isUp } }

    /// What the broker keeps that a site is at.
    func retained(of site: String) -> [String: [UInt8]] {
        let node = nodes.indices.first { nodes[$0].site == site && nodes[$0].ready != nil }
        return brokers[node.flatMap { broker(of: $0) } ?? 0].retained
    }

    /// Whether two nodes are at the same broker.
    func shareBroker(_ one: Int, _ other: Int) -> Bool { broker(of: one) == broker(of: other) }

    /// A node's process begins to look for a broker.
    func startChoice(of node: Int) {
        let seed = nodes[node].random.next()
        nodes[node].choice = BrokerChoice(
            policy: ReconnectPolicy(addressCount: brokers.count, seed: seed), failBack: FailBack(seed: seed))
        choose(.start, of: node)
    }

    /// When to connect, and to which.
    func choose(_ event: ReconnectPolicy.Event, of node: Int) {
        switch nodes[node].choice?.policy.handle(event, at: now.nanoseconds) {
        case .connect(let broker):
            nodes[node].target = broker
            queue.push(.connect(node: node, boot: nodes[node].boot), at: now + .milliseconds(1))
        case .wait(let until):
            queue.push(.choose(node: node, boot: nodes[node].boot), at: MeshInstant(nanoseconds: until))
        case nil, .some(.none): break
        }
    }

    /// Whether to go back to an earlier one.
    func lookBack(_ event: FailBack.Event, of node: Int) {
        guard nodes[node].choice != nil else { return }
        nodes[node].choice?.number += 1
        let number = nodes[node].choice?.number ?? 0
        let boot = nodes[node].boot
        switch nodes[node].choice?.failBack.handle(event, at: now.nanoseconds) {
        case .wait(let until):
            queue.push(
                .lookBack(node: node, boot: boot, number: number, .due), at: MeshInstant(nanoseconds: until))
        case .probe(let broker):
            let delay = scenario.nodes[node].link.delay(&nodes[node].random)
            queue.push(.probe(node: node, boot: boot, number: number, broker: broker), at: now + delay)
        case .move(let broker):
            tell("\(name(node)) goes back to broker \(broker)")
            if let channel = nodes[node].client.channel { clientLoses(channel, then: .move(to: broker)) }
        case nil, .some(.none): break
        }
    }

    /// A question whether it takes connections comes to a broker.
    func probe(_ node: Int, boot: Int, number: Int, broker: Int) {
        let delay = scenario.nodes[node].link.delay(&nodes[node].random)
        let isDeaf = nodes[node].cuts > 0 || !brokers[broker].isUp && brokers[broker].hostDowns > 0
        let answer: FailBack.Event = !isDeaf && brokers[broker].isUp ? .answered : .silent
        queue.push(
            .lookBack(node: node, boot: boot, number: number, answer), at: now + (isDeaf ? .seconds(5) : delay))
    }

    /// All nodes of a zone are at one broker, a minute after the network last changed otherwise than by their own moves.
    func checkOneBroker() {
        guard brokers.count > 1 else { return }
        for zone in zones.indices {
            let used = Set(zones[zone].members.filter { nodes[$0.node].ready != nil }.map { broker(of: $0.node) })
            guard used.count > 1 else {
                zones[zone].splitSince = nil
                continue
            }
            let since = zones[zone].splitSince ?? now
            zones[zone].splitSince = since
            guard now > max(since, disturbedAt) + .seconds(60) + scenario.longestDelay * 4 else { continue }
            let places = zones[zone].members.map {
                "\(name($0.node)) at \(broker(of: $0.node).map(String.init) ?? "none")"
            }
            violate(.oneBroker, "\(zones[zone].name) is in \(used.count) parts: \(places.joined(separator: ", "))")
        }
    }

    func killBroker(_ broker: Int, losingMemory: Bool, powerLoss: Bool) {
        brokers[broker].downs += 1
        if powerLoss { brokers[broker].hostDowns += 1 }
        shakenAt = now
        guard brokers[broker].isUp else { return }
        let sessions = brokers[broker].sessions.sorted { $0.key < $1.key }
        brokers[broker].kill(losingMemory: losingMemory)
        for (node, channel) in sessions {
            channels[channel].brokerOpen = false
            if self.broker(of: node) == broker { setReady(nil, of: node) }
            if powerLoss {
                let silence = random.real(0...World.keepalive)
                queue.push(
                    .clientTimeout(channel: channel, cut: nil),
                    at: now + .nanoseconds(Int64((World.keepalive * 2 - silence) * 1e9)))
            } else {
                sendDown(.end, on: channel)
            }
        }
        if brokers.count > 1 { lookAgain(isGone: true) }
    }

    func startBroker(_ broker: Int, powerLoss: Bool) {
        brokers[broker].downs -= 1
        if powerLoss { brokers[broker].hostDowns -= 1 }
        shakenAt = now
        guard brokers[broker].downs == 0 else { return }
        brokers[broker].isUp = true
        lookAgain()
    }
}
