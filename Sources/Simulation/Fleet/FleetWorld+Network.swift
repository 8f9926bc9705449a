internal import Fleet
internal import Lighting
internal import MQTT
internal import Mesh

extension FleetWorld {
    private static let keepalive = 15.0
    /// How long a packet takes at most.
    static let longestDelay = Duration.seconds(30)

    /// How long a packet takes: lost ones are sent again after 200 ms, twice that, and so on; a connection that stalls
    /// beyond its keep-alive is given up and made anew, which is told here by a limit.
    ///
    /// - Source: RFC 6298; Linux, TCP_RTO_MIN 200 ms.
    mutating func delay() -> Duration {
        var milliseconds = random.logNormal(median: 3, percentile99: 15)
        var again = 200.0
        while random.chance(scenario.loss), milliseconds < 25_000 {
            milliseconds += again
            again *= 2
        }
        return min(.nanoseconds(Int64(milliseconds * 1e6)), FleetWorld.longestDelay)
    }

    mutating func sendUp(_ packet: FleetPacket, from peer: Int) {
        guard peers[peer].cuts == 0 else { return peers[peer].heldUp.append(packet) }
        let at = max(peers[peer].lastUp, now + delay())
        peers[peer].lastUp = at
        queue.push(.up(peer, packet), at: at)
    }

    private mutating func sendDown(_ packet: FleetPacket, to peer: Int) {
        guard peers[peer].cuts == 0 else { return peers[peer].heldDown.append(packet) }
        let at = max(peers[peer].lastDown, now + delay())
        peers[peer].lastDown = at
        queue.push(.down(peer, packet), at: at)
    }

    mutating func cut(_ peer: Int) {
        peers[peer].cuts += 1
        guard peers[peer].cuts == 1 else { return }
        expectTimeouts(of: peer)
    }

    /// Who says nothing for long enough is given up by the other side.
    mutating func expectTimeouts(of peer: Int) {
        cutNumbers[peer] += 1
        let silence = random.real(0...FleetWorld.keepalive)
        let seconds = { (value: Double) in Duration.nanoseconds(Int64(value * 1e9)) }
        if let session = peers[peer].session {
            queue.push(
                .brokerTimeout(peer, attempt: session, cut: cutNumbers[peer]),
                at: now + seconds(FleetWorld.keepalive * 1.5 - silence))
        }
        queue.push(
            .clientTimeout(peer, attempt: peers[peer].attempt, cut: cutNumbers[peer]),
            at: now + seconds(FleetWorld.keepalive * 2 - silence))
    }

    mutating func mend(_ peer: Int) {
        peers[peer].cuts -= 1
        guard peers[peer].cuts == 0 else { return }
        cutNumbers[peer] += 1
        let up = peers[peer].heldUp
        let down = peers[peer].heldDown
        (peers[peer].heldUp, peers[peer].heldDown) = ([], [])
        for packet in up { sendUp(packet, from: peer) }
        for packet in down { sendDown(packet, to: peer) }
    }

    // MARK: - Client

    /// Whether the peer's process is there to connect.
    private func exists(_ peer: Int) -> Bool {
        peer < FleetWorld.agentCount ? agents[peer].core != nil : nodes[peer - FleetWorld.agentCount].isRunning
    }

    mutating func connect(_ peer: Int) {
        guard exists(peer), let will = will(of: peer) else { return }
        peers[peer].isUp = false
        peers[peer].attempt += 1
        let attempt = peers[peer].attempt
        sendUp(.connect(attempt, will: will), from: peer)
        queue.push(.attemptTimeout(peer, attempt: attempt), at: now + .seconds(5))
    }

    mutating func clientLoses(_ peer: Int) {
        let wasUp = peers[peer].isUp
        peers[peer].isUp = false
        queue.push(.connect(peer, attempt: peers[peer].attempt), at: now + random.seconds(0.2...3))
        if wasUp, peer < FleetWorld.agentCount { occur(.disconnected, to: peer) }
    }

    mutating func clientTakes(_ packet: FleetPacket, at peer: Int) {
        guard exists(peer) else { return }
        let isAgent = peer < FleetWorld.agentCount
        switch packet {
        case .accepted(let attempt) where attempt == peers[peer].attempt:
            peers[peer].isUp = true
            if isAgent { occur(.connected, to: peer) } else { born(peer - FleetWorld.agentCount) }
        case .deliver(let attempt, let topic, let payload, let retained) where attempt == peers[peer].attempt:
            if isAgent {
                occur(.message(topic: topic, payload: payload, retained: retained), to: peer)
            } else {
                hear(topic, payload, at: peer - FleetWorld.agentCount)
            }
        case .settled(let attempt) where attempt == peers[peer].attempt: if isAgent { occur(.settled, to: peer) }
        case .closed(let attempt) where attempt == peers[peer].attempt: clientLoses(peer)
        default: break
        }
    }

    /// The peer's process is gone; its system closes the connection, unless that is gone too.
    mutating func abandon(_ peer: Int, withPower: Bool) {
        peers[peer].isUp = false
        let session = peers[peer].attempt
        peers[peer].attempt += 1
        if withPower {
            sendUp(.farewell(-session), from: peer)
        } else if let session = peers[peer].session {
            cutNumbers[peer] += 1
            let after = random.real(FleetWorld.keepalive * 0.5...FleetWorld.keepalive * 1.5)
            queue.push(
                .brokerTimeout(peer, attempt: session, cut: cutNumbers[peer]),
                at: now + .nanoseconds(Int64(after * 1e9)))
        }
    }

    // MARK: - Broker

    mutating func brokerTakes(_ packet: FleetPacket, from peer: Int) {
        let side = peers[peer].side
        guard brokers[side].isUp else {
            if case .connect(let attempt, _) = packet { sendDown(.closed(attempt), to: peer) }
            return
        }
        switch packet {
        case .connect(let attempt, let will):
            if peers[peer].session != nil { brokerLoses(peer) }
            peers[peer].session = attempt
            peers[peer].will = will
            sendDown(.accepted(attempt), to: peer)
            for filter in peers[peer].filters {
                for (topic, payload) in brokers[side].subscribe(peer, to: filter) {
                    sendDown(.deliver(attempt, topic: topic, payload: payload, retained: true), to: peer)
                }
            }
            sendDown(.settled(attempt), to: peer)
        case .publish(let attempt, let message) where peers[peer].session == attempt: route(message, at: side)
        case .farewell(let attempt):
            // A negative one: the connection was closed without a farewell.
            guard peers[peer].session == abs(attempt) else { return }
            if attempt > 0 { peers[peer].will = nil }
            brokerLoses(peer)
        default: break
        }
    }

    mutating func brokerLoses(_ peer: Int) {
        guard let session = peers[peer].session else { return }
        peers[peer].session = nil
        brokers[peers[peer].side].forget(peer)
        sendDown(.closed(session), to: peer)
        if let will = peers[peer].will { route(will, at: peers[peer].side) }
    }

    /// A broker hands a message to all who want it and, unless it came from there, to the other by the bridge.
    mutating func route(_ message: MQTTMessage, at side: Int, isBridged: Bool = false) {
        brokers[side].retain(message)
        if !isBridged {
            observe(message)
            carry(message, from: side)
        }
        for peer in brokers[side].channels(wanting: message.topic) {
            guard let session = peers[peer].session else { continue }
            sendDown(
                .deliver(session, topic: message.topic, payload: message.payload, retained: false), to: peer)
        }
    }

    mutating func stopBroker(losingMemory: Bool) {
        brokerStops += 1
        guard brokers[0].isUp else { return }
        brokers[0].save()
        brokers[0].kill(losingMemory: losingMemory)
        for peer in peers.indices {
            guard let session = peers[peer].session else { continue }
            peers[peer].session = nil
            sendDown(.closed(session), to: peer)
        }
    }
}
