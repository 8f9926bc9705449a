internal import Hardware
internal import Logging
internal import MQTT
internal import Mesh

extension NodeRuntime {
    func take(_ events: [MQTTEvent], at now: Int64) {
        for event in events {
            switch event {
            case .connected(let session):
                log.info("connected to \(session.address) by \(session.version)")
                toldOrder = nil
                tell(.connected, at: now)
                remember(.connected(to: session.address.place.description), at: now)
                handle(
                    .connected(connection: session.connectionCount, broker: session.address.place.description), at: now)
            case .subscribed:
                hasTried = true
                tellOfRefusals(at: now)
                remember(.subscribed, at: now)
            case .message(let message): take(message, at: now)
            case .refused(let error):
                hasTried = true
                log.warning("\(error)")
            case .disconnected(let error):
                hasTried = true
                log.warning("\(error)")
                care.roundTrip.disconnected()
                tell(.disconnected, at: now)
                remember(.disconnected, at: now)
                handle(.disconnected, at: now)
            case .subscriptionRefused(let filter, let error):
                log.error("\(error)")
                remember(.refused(filter: filter), at: now)
                take(topicSensors.refused(topic: filter, because: "\(error)"), at: now)
            case .oversized(let topic, let count):
                let error = MessageError(
                    .outOfRange, field: "", reason: "\(count) bytes are more than a message may have")
                handle(.refused(topic: topic, error: error), at: now)
            case .dropped(_, let topic, let reason):
                if reason != .offline, reason != .superseded { log.warning("lost \(topic): \(reason)") }
            case .delivered(let id): care.roundTrip.delivered(id, at: now)
            case .connecting, .closed: break
            }
        }
    }

    /// A sensor whose topic the broker takes now can be read again.
    private func tellOfRefusals(at now: Int64) {
        guard let refused = connection?.refusals else { return }
        take(topicSensors.subscribed(refused: refused), at: now)
    }

    private func take(_ events: [NodeEvent], at now: Int64) {
        for event in events {
            // What is known of a sensor changes no light at once.
            if case .heard = event { handle(event, at: now, redraws: false) } else { handle(event, at: now) }
        }
    }

    func take(_ message: ReceivedMessage, at now: Int64) {
        if message.topic.hasPrefix(clockPrefix) {
            // What the broker kept of an exchange is of another time.
            if message.retained { return }
            tell(.message(topic: message.topic, payload: message.payload), at: now)
            return
        }
        take(
            topicSensors.take(
                topic: message.topic, payload: message.payload, retained: message.retained, at: now), at: now)
        handle(.message(topic: message.topic, payload: message.payload, retained: message.retained), at: now)
        remember(.message(topic: message.topic, payload: message.payload, retained: message.retained), at: now)
    }
}

extension MQTTMessage {
    init(_ publication: NodeAction.Publication) {
        self.init(
            topic: publication.topic, payload: publication.payload,
            qos: publication.qos == 0 ? .atMostOnce : .atLeastOnce, retain: publication.retain)
    }
}
