internal import Lighting
internal import MQTT
internal import Mesh
internal import Telemetry

/// What the rooms of a node want done: by each other, or by the edge.
extension NodeMachine {
    mutating func perform(_ action: NodeAction, at now: Int64) {
        switch action {
        case .publish(let publication): publish(publication, at: now)
        case .subscribe(let filters): emit(.subscribe(filters.map(NodeMachine.subscription)))
        case .unsubscribe(let filters): emit(.unsubscribe(filters))
        case .remember(let topic, let payload):
            emit(.remember(topic: topic, payload: payload))
            // What is configured is another.
            lookForDiscovery(at: now)
        case .tellClock(returned: let node): tellClock(.returned(node), at: now)
        case .loadTimeZone(let name): load(timeZone: name, at: now)
        case .signal(let signal): emit(.signal(signal))
        case .reportHealth: emit(.report)
        case .probe(let id): probe(id, at: now)
        case .run(let command, let id): emit(.run(command, id: id))
        case .giveWay(let time, let why): emit(.giveWay(for: time, because: why))
        case .restart: emit(.restart)
        case .log(let importance, let line): emit(.log(.init(importance), line))
        }
    }

    mutating func publish(_ publication: NodeAction.Publication, at now: Int64) {
        emit(.publish(MQTTMessage(publication), keep: publication.keep))
        tellRecords(.said(topic: publication.topic, payload: publication.payload), at: now)
    }

    /// Statuses come without acknowledgement. The broker then hands over all of a large site's at once, before it says
    /// that the subscription stands, where otherwise it waits for each score of them; and after a broken connection all
    /// come again anyway.
    private static func subscription(to filter: String) -> MQTTSubscription {
        MQTTSubscription(filter, qos: filter.hasSuffix("/status") ? .atMostOnce : .atLeastOnce)
    }

    mutating func perform(_ action: MeshClockAction, at now: Int64) {
        switch action {
        case .publish(let topic, let payload):
            // While the broker is away there is nobody to ask, and later it is the wrong time.
            guard isOnline else { return }
            emit(.publish(MQTTMessage(topic: topic, payload: payload, qos: .atMostOnce), keep: false))
        case .changed(let state):
            emit(.clockChanged(state, reference: clock.reference))
            let error = clock.errorBound(at: now)
            occur(.clock(isTrusted: error != nil, error: error ?? .zero), at: now)
            tellRecords(.clock(isTrusted: error != nil), at: now)
        case .stepped(let step):
            emit(.clockStepped(step))
            tellRecords(.clockStepped(step), at: now)
            occur(.clockStepped(step), at: now)
        case .timeOfDay(let correction):
            emit(.timeOfDay(correction: correction))
            reloadTimeZone(at: now)
        case .log(let importance, let line): emit(.log(.init(importance), line))
        }
    }

    mutating func perform(_ action: BrokerMemory.Action, at now: Int64) {
        switch action {
        case .ask(let filter): emit(.subscribe([NodeMachine.subscription(to: filter)]))
        case .askNoMore(let filter): emit(.unsubscribe([filter]))
        case .subscribe(let topics): emit(.subscribeCovered(topics))
        case .unsubscribe(let topics): emit(.unsubscribeCovered(topics))
        case .tellLack:
            guard let session else { return }
            emit(.log(.error, "the broker at \(session.address) \(BrokerCapabilities.lackOfWildcards)"))
        case .settled:
            occur(.settled, at: now)
            emit(.settled)
        }
    }

    mutating func perform(_ action: NodeUplink.Action) {
        switch action {
        case .remember(let topic, let payload): emit(.remember(topic: topic, payload: payload))
        case .log(let line): emit(.log(.info, line))
        }
    }
}
