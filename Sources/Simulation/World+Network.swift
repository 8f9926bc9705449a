internal import Lighting
internal import MQTT
internal import Mesh
internal import Node

extension World {
    static let keepalive = 15.0

    // MARK: - Links

    func sendUp(_ packet: Packet, on channel: Int) {
        let node = channels[channel].node
        guard nodes[node].cuts == 0 else { return channels[channel].heldUp.append(packet) }
        let delay = scenario.nodes[node].link.delay(&nodes[node].random)
        let at = max(channels[channel].lastUp, now + delay)
        channels[channel].lastUp = at
        queue.push(.up(channel: channel, packet), at: at)
    }

    func sendDown(_ packet: Packet, on channel: Int, topic: String? = nil) {
        let node = channels[channel].node
        guard nodes[node].cuts == 0 else { return channels[channel].heldDown.append(packet) }
        let delay = scenario.nodes[node].link.delay(&nodes[node].random)
        var at = max(now + delay, channels[channel].resumedAt)
        if scenario.isCluster, let topic {
            at = max(at, channels[channel].lastByTopic[topic] ?? at)
            channels[channel].lastByTopic[topic] = at
        } else {
            at = max(at, channels[channel].lastDown)
            channels[channel].lastDown = at
        }
        queue.push(.down(channel: channel, packet), at: at)
    }

    /// A node's link carries nothing any more, as nobody knows yet.
    func cut(_ node: Int) {
        nodes[node].cuts += 1
        guard nodes[node].cuts == 1 else { return }
        nodes[node].cutNumber += 1
        setReady(nil, of: node)
        expectTimeouts(of: node, cut: nodes[node].cutNumber)
    }

    private func expectTimeouts(of node: Int, cut: Int?) {
        let sessions = brokers.compactMap { $0.sessions[node] }
        for channel in sessions + [nodes[node].client.channel].compactMap({ $0 }) {
            let silence = random.real(0...World.keepalive)
            let broker = Duration.nanoseconds(Int64((World.keepalive * 1.5 - silence) * 1e9))
            let client = Duration.nanoseconds(Int64((World.keepalive * 2 - silence) * 1e9))
            queue.push(.brokerTimeout(channel: channel, cut: cut), at: now + broker)
            if cut != nil { queue.push(.clientTimeout(channel: channel, cut: cut), at: now + client) }
        }
    }

    /// The link is back: what was held comes within a few seconds, in order.
    func mend(_ node: Int) {
        nodes[node].cuts -= 1
        guard nodes[node].cuts == 0 else { return }
        let again = random.seconds(0...3)
        for channel in channels.indices where channels[channel].node == node {
            guard !channels[channel].heldUp.isEmpty || !channels[channel].heldDown.isEmpty else { continue }
            let up = channels[channel].heldUp
            let down = channels[channel].heldDown
            channels[channel].heldUp = []
            channels[channel].heldDown = []
            channels[channel].lastUp = max(channels[channel].lastUp, now + again)
            channels[channel].lastDown = max(channels[channel].lastDown, now + again)
            channels[channel].resumedAt = now + again
            for packet in up { sendUp(packet, on: channel) }
            for packet in down {
                let topic: String? = if case .deliver(let topic, _, _) = packet { topic } else { nil }
                sendDown(packet, on: channel, topic: topic)
            }
        }
        if isConnected(node) { setReady(now + .seconds(3) + scenario.longestDelay * 4, of: node) }
    }

    /// Whether both ends of the node's connection are there, and all that it subscribed to has been answered.
    func isConnected(_ node: Int) -> Bool {
        guard let channel = nodes[node].client.channel, brokers[channels[channel].broker].sessions[node] == channel
        else {
            return false
        }
        return nodes[node].client.isOnline && !nodes[node].client.isSettling && nodes[node].cuts == 0
    }

    // MARK: - Client

    func connect(_ node: Int) {
        guard nodes[node].machine != nil, nodes[node].client.channel == nil, !nodes[node].isStopping else { return }
        nodes[node].client.attempts += 1
        guard let will = nodes[node].will else { return }
        let channel = channels.count
        channels.append(Channel(node: node, broker: nodes[node].target))
        nodes[node].client.channel = channel
        sendUp(.connect(will: will), on: channel)
        queue.push(.attemptTimeout(channel: channel), at: now + .seconds(5))
    }

    func giveUp(_ channel: Int) {
        let node = channels[channel].node
        guard nodes[node].client.channel == channel, !nodes[node].client.isOnline else { return }
        clientLoses(channel)
    }

    /// What a client does whose end is gone.
    enum Next {
        /// As after any loss.
        case again
        /// Tries again no sooner than after this time.
        case stayAway(Duration)
        /// Goes to another broker.
        case move(to: Int)
    }

    /// The client's end is gone.
    func clientLoses(_ channel: Int, then next: Next = .again) {
        guard channels[channel].clientOpen else { return }
        channels[channel].clientOpen = false
        sendUp(.end, on: channel)
        let node = channels[channel].node
        guard nodes[node].client.channel == channel else { return }
        let wasOnline = nodes[node].client.isOnline
        nodes[node].client.lost()
        // It hadn't read all that the broker kept.
        if now < nodes[node].freshUntil { nodes[node].freshUntil = .distantFuture }
        setReady(nil, of: node)
        if wasOnline {
            tell("\(name(node)) loses the broker")
            drive(.broker(.disconnected(MQTTError(.lost, "lost the broker"))), of: node)
            attend(node)
        }
        tryAgain(node, next, wasOnline: wasOnline)
    }

    private func tryAgain(_ node: Int, _ next: Next, wasOnline: Bool) {
        let boot = nodes[node].boot
        if case .move(let broker) = next { return choose(.moving(to: broker), of: node) }
        if wasOnline { lookBack(.lost, of: node) }
        guard case .stayAway(let time) = next else { return choose(wasOnline ? .lost : .failed, of: node) }
        _ = nodes[node].choice?.policy.handle(.lost, at: now.nanoseconds)
        queue.push(.choose(node: node, boot: boot), at: now + time)
    }

    func clientTakes(_ packet: Packet, from channel: Int) {
        let node = channels[channel].node
        guard nodes[node].client.channel == channel, channels[channel].clientOpen else { return }
        switch packet {
        case .accepted:
            nodes[node].changedAt = now
            for packet in nodes[node].client.accepted() { sendUp(packet, on: channel) }
            tell("\(name(node)) is connected, attempt \(nodes[node].client.attempts)")
            let broker = channels[channel].broker
            let session = MQTTSession(
                address: BrokerAddress(host: "broker-\(broker)", port: 1883), version: .v5, isResumed: false,
                connectionCount: nodes[node].client.attempts, maximumPacketBytes: nil)
            drive(.broker(.connected(session)), of: node)
            attend(node)
            choose(.connected, of: node)
            lookBack(.connected(broker), of: node)
        case .acknowledged(let number):
            for packet in nodes[node].client.acknowledged(number) { sendUp(packet, on: channel) }
        case .deliver(let topic, let payload, let retained):
            let kind = kind(of: topic)
            if kind != .clock { note(topic, kind, payload, heardBy: node) }
            let message = ReceivedMessage(topic: topic, payload: payload, retained: retained)
            drive(.broker(.message(message)), of: node)
            attend(node)
        case .subscribed(let number):
            guard nodes[node].client.subscribed(number) else { return }
            drive(.broker(.subscribed), of: node)
            attend(node)
        case .end: clientLoses(channel)
        case .connect, .publish, .subscribe, .unsubscribe, .farewell: break
        }
    }

    /// What becomes of a connection whose node died: its system closes it, unless that is gone too.
    func abandon(_ node: Int, withPower: Bool) {
        guard let channel = nodes[node].client.channel else { return }
        channels[channel].clientOpen = false
        if withPower { sendUp(.end, on: channel) } else { expectTimeouts(of: node, cut: nil) }
    }

    // MARK: - Broker

    func brokerTakes(_ packet: Packet, from channel: Int) {
        let broker = channels[channel].broker
        guard brokers[broker].isUp else {
            let isThere = brokers[broker].hostDowns == 0
            if isThere, case .end = packet {} else if isThere { sendDown(.end, on: channel) }
            return
        }
        let node = channels[channel].node
        if case .connect(let will) = packet {
            if let old = brokers[broker].sessions[node] { brokerLoses(old) }
            channels[channel].brokerOpen = true
            channels[channel].will = will
            brokers[broker].sessions[node] = channel
            nodes[node].changedAt = now
            return sendDown(.accepted, on: channel)
        }
        guard channels[channel].brokerOpen else {
            if case .end = packet { return }
            return sendDown(.end, on: channel)
        }
        switch packet {
        case .publish(let message, let number):
            route(message, at: broker)
            if message.qos == .atLeastOnce { sendDown(.acknowledged(number: number), on: channel) }
        case .subscribe(let filters, let number):
            if scenario.acknowledgesFirst { sendDown(.subscribed(number: number), on: channel) }
            for filter in filters {
                for (topic, payload) in brokers[broker].subscribe(channel, to: filter) {
                    sendDown(.deliver(topic: topic, payload: payload, retained: true), on: channel, topic: topic)
                }
            }
            if !scenario.acknowledgesFirst { sendDown(.subscribed(number: number), on: channel) }
        case .unsubscribe(let filters): for filter in filters { brokers[broker].unsubscribe(channel, from: filter) }
        case .farewell: channels[channel].will = nil
        case .end: brokerLoses(channel)
        case .connect, .accepted, .acknowledged, .deliver, .subscribed: break
        }
    }

    /// The broker's end is gone: the will is published.
    func brokerLoses(_ channel: Int) {
        guard channels[channel].brokerOpen else { return }
        channels[channel].brokerOpen = false
        let broker = channels[channel].broker
        brokers[broker].forget(channel)
        let node = channels[channel].node
        if brokers[broker].sessions[node] == channel {
            brokers[broker].sessions[node] = nil
            // Unless it is at another already.
            if self.broker(of: node) == broker || nodes[node].ready == nil { setReady(nil, of: node) }
        }
        sendDown(.end, on: channel)
        guard let will = channels[channel].will else { return }
        if scenario.isCluster, random.chance(0.3) {
            queue.push(.lateWill(will, broker: broker), at: now + random.seconds(0...20))
        } else {
            route(will, at: broker)
        }
    }

    /// Hands a message to all who want it, and keeps it if it is to be kept.
    func route(_ message: MQTTMessage, at broker: Int) {
        brokers[broker].retain(message)
        if kind(of: message.topic) == .override { noteCommand(message) }
        let delivery = Packet.deliver(topic: message.topic, payload: message.payload, retained: false)
        for channel in brokers[broker].channels(wanting: message.topic) {
            sendDown(delivery, on: channel, topic: message.topic)
            if scenario.duplicates > 0, random.chance(scenario.duplicates) {
                sendDown(delivery, on: channel, topic: message.topic)
            }
        }
    }
}
