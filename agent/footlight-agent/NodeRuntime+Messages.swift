internal import Hardware
internal import Logging
internal import MQTT
internal import Mesh
internal import Telemetry

extension NodeRuntime {
    /// Takes what the connection has to tell: the clock's messages at once, all else in its turn.
    func take(_ events: [MQTTEvent], at now: Int64) {
        for event in events {
            switch event {
            case .message(let message): sort(message, at: now)
            case .connected(let session):
                tell(.connected, at: now)
                log.info("connected to \(session.address) by \(session.version)")
                intake.add(event, .turn)
            case .disconnected(let error):
                log.warning("\(error)")
                tell(.disconnected, at: now)
                intake.add(event, .turn)
            case .subscribed, .subscriptionRefused, .oversized: intake.add(event, .other)
            case .refused(let error):
                hasTried = true
                log.warning("\(error)")
            case .dropped(_, let topic, let reason):
                if reason != .offline, reason != .superseded { log.warning("lost \(topic): \(reason)") }
            case .delivered(let id): care.roundTrip.delivered(id, at: now)
            case .connecting, .closed: break
            }
        }
    }

    /// Takes up the clock's messages at once, and has all others wait for their turn, unless there are too many.
    private func sort(_ message: ReceivedMessage, at now: Int64) {
        let arrived = TopicGate.Message(topic: message.topic, payload: message.payload, retained: message.retained)
        if message.topic.hasPrefix(clockPrefix) {
            if gate.admit(arrived, as: .passing, at: now) { takeOfClock(message, at: now) }
        } else {
            let topic = core.topic(message.topic)
            guard gate.admit(arrived, as: topic?.isOfCommands == true ? .command : .state, at: now) else { return }
            enqueue(arrived, on: topic)
        }
    }

    /// Has a message wait for its turn.
    private func enqueue(_ message: TopicGate.Message, on topic: Topic?) {
        let isOfLight = topic?.isOfLight == true || topicSensors.hears(message.topic)
        intake.add(
            .message(ReceivedMessage(topic: message.topic, payload: message.payload, retained: message.retained)),
            isOfLight ? .light : .other, bytes: message.topic.utf8.count + message.payload.count)
    }

    /// Takes up what has come, as much of it as there is time for.
    func takeUp(at now: Int64) {
        for message in gate.release(at: now) { enqueue(message, on: core.topic(message.topic)) }
        for line in gate.takeNews(at: now) { log.warning("\(line)") }
        intake.begin(at: now)
        var now = now
        while let event = intake.next(at: now) {
            takeUp(event, at: now)
            now = SystemClock.monotonicNow
        }
    }

    private func takeUp(_ event: MQTTEvent, at now: Int64) {
        switch event {
        case .connected(let session):
            toldOrder = nil
            tellRecords(.connected, at: now)
            remember(.connected(to: session.address.place.description), at: now)
            handle(.connected(connection: session.connectionCount, broker: session.address.place.description), at: now)
        case .subscribed:
            hasTried = true
            tellOfRefusals(at: now)
            remember(.subscribed, at: now)
        case .message(let message): take(message, at: now)
        case .disconnected:
            hasTried = true
            care.roundTrip.disconnected()
            tellRecords(.disconnected, at: now)
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
        case .connecting, .refused, .dropped, .delivered, .closed: break
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

    private func takeOfClock(_ message: ReceivedMessage, at now: Int64) {
        // What the broker kept of an exchange is of another time.
        if message.retained { return }
        tell(.message(topic: message.topic, payload: message.payload), at: now)
    }

    private func take(_ message: ReceivedMessage, at now: Int64) {
        take(
            topicSensors.take(
                topic: message.topic, payload: message.payload, retained: message.retained, at: now), at: now)
        tellRecords(.message(topic: message.topic, payload: message.payload), at: now)
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
