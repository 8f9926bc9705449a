internal import MQTT
internal import Mesh
internal import Telemetry

/// What the connection to the broker has to tell.
extension NodeMachine {
    /// Takes the clock's messages up at once, all else in its turn.
    mutating func take(_ event: MQTTEvent, at now: Int64) {
        switch event {
        case .message(let message): receive(message, at: now)
        case .connected(let session):
            connect(session)
            tellClock(.connected, at: now)
            emit(.log(.info, "connected to \(session.address) by \(session.version)"))
            receive(event, isTurn: true)
        case .disconnected(let error):
            connect(nil)
            emit(.log(.warning, "\(error)"))
            tellClock(.disconnected, at: now)
            receive(event, isTurn: true)
        case .subscribed, .subscriptionRefused, .oversized: receive(event)
        case .refused(let error): emit(.log(.warning, "\(error)"))
        case .dropped(_, let topic, let reason):
            if reason != .offline, reason != .superseded { emit(.log(.warning, "lost \(topic): \(reason)")) }
        case .connecting, .delivered, .closed: break
        }
    }

    /// Takes up what has waited for its turn.
    mutating func takeUp(_ arrival: Reception.Arrival, at now: Int64) {
        switch arrival {
        case .message(let message, let topic): takeUp(message, topic, at: now)
        case .event(let event): takeUp(event, at: now)
        }
    }

    private mutating func takeUp(_ message: ReceivedMessage, _ topic: Topic?, at now: Int64) {
        let (name, payload, retained) = (message.topic, message.payload, message.retained)
        listen(at: now) { $0.take(topic: name, payload: payload, retained: retained, at: now) }
        guard let topic else { return hearOthers(message, at: now) }
        if case .status = topic { lookForDiscovery(at: now) }
        tellRecords(.message(topic: name, payload: payload), at: now)
        occur(.message(topic: name, payload: payload, retained: retained), at: now)
        remember(.message(topic: name, payload: payload, retained: retained), at: now)
    }

    private mutating func takeUp(_ event: MQTTEvent, at now: Int64) {
        switch event {
        case .connected(let session):
            let place = session.address.place.description
            forgetRefusals()
            tellRecords(.connected, at: now)
            remember(.connected(to: place), at: now)
            occur(.connected(connection: session.connectionCount, broker: place), at: now)
            connectDiscovery(at: now)
        case .subscribed:
            // A sensor whose topic the broker takes now can be read again.
            let refused = refused
            listen(at: now) { $0.subscribed(refused: refused) }
            remember(.subscribed, at: now)
        case .disconnected:
            tellRecords(.disconnected, at: now)
            remember(.disconnected, at: now)
            occur(.disconnected, at: now)
            disconnectDiscovery(at: now)
        case .subscriptionRefused(let filter, let error):
            refuse(filter)
            emit(.log(.error, "\(error)"))
            remember(.refused(filter: filter), at: now)
            listen(at: now) { $0.refused(topic: filter, because: "\(error)") }
        case .oversized(let topic, let count):
            let error = MessageError(
                .outOfRange, field: "", reason: "\(count) bytes are more than a message may have")
            occur(.refused(topic: topic, error: error), at: now)
        case .message, .connecting, .refused, .dropped, .delivered, .closed: break
        }
    }
}
