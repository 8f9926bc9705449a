internal import CMosquitto
internal import Glibc
internal import Platform

extension MQTTConnection {
    /// What one `ready` reads at most, so that a flood of messages holds up neither the owner nor its memory.
    private static var itemsAtATime: Int { 256 }
    private static var bytesAtATime: Int { 262_144 }

    /// A second late, because the library counts in whole seconds: at this instant it surely finds a ping due.
    var keepaliveDue: Int64 {
        min(lastSent, lastReceived) + configuration.keepalive.nanoseconds + 1_000_000_000
    }

    /// Whether nothing keeps a farewell from being said.
    var isFlushed: Bool { outbox.isEmpty && handle?.wantsWrite != true }

    /// Calls into the library, takes what its callbacks left, and deals with its failure.
    func exchange(now: Int64, _ body: (MosquittoHandle) throws(MosquittoHandle.Failure) -> Void) {
        guard let handle else { return }
        var trouble: MosquittoHandle.Failure?
        do { try body(handle) } catch { trouble = error }
        take(handle, now: now)
        guard self.handle === handle else { return }
        if let trouble {
            lose(trouble, now: now)
        } else if handle.descriptor == nil {
            lose(MosquittoHandle.Failure(code: Int32(MOSQ_ERR_CONN_LOST.rawValue), systemError: 0), now: now)
        } else if session != nil {
            pump()
        }
    }

    func readAll(_ handle: MosquittoHandle, now: Int64) throws(MosquittoHandle.Failure) {
        lastReceived = now
        while try handle.read(), handle.descriptor != nil,
            handle.inbox.count < Self.itemsAtATime, handle.inbox.byteCount < Self.bytesAtATime
        {}
    }

    /// Turns what the callbacks left into events.
    private func take(_ handle: MosquittoHandle, now: Int64) {
        for item in handle.inbox.take() {
            guard self.handle === handle else { return }
            switch item {
            case .accepted(let isResumed, let maximum, let largest):
                accepted(handle, isResumed, maximum, largest, now: now)
            case .refused(let code): refused(code: code, now: now)
            case .message(let message):
                if message.qos != .atMostOnce { lastSent = now }  // The library has acknowledged it.
                events.append(.message(message))
            case .oversized(let topic, let byteCount):
                events.append(.oversized(topic: topic, byteCount: byteCount))
            case .published(let packet, let reason): published(packet, reason)
            case .subscribed(let packet, let grants): subscribed(packet, grants)
            case .ended(let code) where code >= 0x80:
                let reason = String(cString: mosquitto_reason_string(code)).withoutFullStop.lowercasedFirst
                let why = subscriptionSuspicion.map { " (\($0))" } ?? ""
                lose(MQTTError(.lost, "\(address) ended the connection: \(reason)\(why); reconnecting"), now: now)
            case .ended: break  // The library's own reason comes with the failed call.
            }
        }
    }

    private func accepted(
        _ handle: MosquittoHandle, _ isResumed: Bool, _ maximum: UInt16?, _ largest: UInt32?, now: Int64
    ) {
        let session = MQTTSession(
            address: address, version: handle.version, isResumed: isResumed, connectionCount: connectionCount,
            maximumPacketBytes: largest)
        versions.accept(handle.version, at: address)
        _ = policy.handle(.connected, at: now)
        let index = configuration.addresses.firstIndex(of: address) ?? 0
        act(on: failBack.handle(.connected(index), at: now), now: now)
        phase = .online(session)
        candidates = []
        lastSent = now
        lastReceived = now
        inFlightWindow = min(configuration.inFlightLimit, maximum.map { max(1, Int($0)) } ?? .max)
        events.append(.connected(session))
        var birth = configuration.birth?(connectionCount)
        if let message = birth {
            do { try PortableProfile.check(message) } catch {
                birth = nil
                events.append(.refused(error))
            }
        }
        outbox.connected(birth: birth)
        subscriptions.connected()
        if subscriptions.isEmpty { events.append(.subscribed) } else { request() }
        pump()
    }

    /// Hands what waits to the library, as far as the socket and the window of unacknowledged messages take it.
    func pump() {
        guard session != nil, let handle, failure == nil else { return }
        while !handle.wantsWrite, let entry = outbox.next(window: inFlightWindow) {
            do throws(MosquittoHandle.Failure) {
                let packet = try handle.publish(entry.message)
                lastSent = MonotonicClock.now
                if entry.message.qos == .atLeastOnce { outbox.sent(entry, as: packet) }
            } catch {
                if error.isOfTheMessage {
                    tell(of: [MQTTOutbox.Drop(id: entry.id, topic: entry.message.topic, reason: .refused(error.text))])
                } else {
                    failure = error
                    tell(of: outbox.lost(current: entry))
                    return
                }
            }
        }
    }

    private func published(_ packet: Int32, _ reason: UInt8) {
        guard let entry = outbox.acknowledged(packet), !entry.isBirth else { return }
        if reason >= 0x80 {
            let text = String(cString: mosquitto_reason_string(Int32(reason))).withoutFullStop.lowercasedFirst
            tell(of: [MQTTOutbox.Drop(id: entry.id, topic: entry.message.topic, reason: .refused(text))])
        } else {
            events.append(.delivered(entry.id))
        }
    }

    func tell(of drops: [MQTTOutbox.Drop]) {
        for drop in drops { events.append(.dropped(drop.id, topic: drop.topic, drop.reason)) }
    }

    /// Says farewell and lets the socket run dry.
    func farewell(now: Int64) {
        guard let handle, let socket = handle.descriptor else { return finish() }
        // The library closes its socket at once; with unread bytes in it the peer would get a reset, lose the
        // farewell and publish the will. A second descriptor lets the broker close first.
        let copy = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        try? handle.disconnect()
        self.handle = nil
        guard copy >= 0 else { return finish() }
        shutdown(copy, Int32(SHUT_WR))
        phase = .lingering(copy, deadline: now + 500_000_000)
    }

    /// Reads out a socket; true when its peer has closed it.
    static func isReadOut(_ socket: Int32) -> Bool {
        var scratch = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<64 {
            let count = read(socket, &scratch, scratch.count)
            if count == 0 { return true }
            if count < 0 { return errno != EAGAIN && errno != EINTR }
        }
        return false
    }

    /// Nothing more happens.
    func finish() {
        if case .lingering(let socket, _) = phase { close(socket) }
        handle = nil
        phase = .closed
        failure = nil
        probe = nil
        tell(of: outbox.close())
        events.append(.closed)
    }
}

extension MosquittoHandle.Failure {
    /// Whether the message is at fault and the connection isn't.
    fileprivate var isOfTheMessage: Bool {
        [
            MOSQ_ERR_PAYLOAD_SIZE, MOSQ_ERR_MALFORMED_UTF8, MOSQ_ERR_QOS_NOT_SUPPORTED, MOSQ_ERR_OVERSIZE_PACKET,
            MOSQ_ERR_INVAL, MOSQ_ERR_NOT_SUPPORTED, MOSQ_ERR_RETAIN_NOT_SUPPORTED,
        ].contains { $0.rawValue == code }
    }
}
