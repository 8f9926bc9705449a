internal import HomeAssistant
internal import MQTT
internal import Mesh

/// How a node is found by Home Assistant.
extension NodeMachine {
    /// Something that it tells of may be another.
    mutating func lookForDiscovery(at now: Int64) { discovery.look(core, at: now) }

    /// There is a connection: what is remembered of the site may be no more.
    mutating func connectDiscovery(at now: Int64) {
        for action in discovery.connected(core, at: now) { perform(action) }
    }

    mutating func disconnectDiscovery(at now: Int64) { discover(.disconnected, at: now) }

    private mutating func discover(_ event: DiscoveryCore.Event, at now: Int64) {
        for action in discovery.handle(event, at: now) { perform(action) }
    }

    mutating func tickDiscovery(at now: Int64) {
        for action in discovery.tick(core, at: now) { perform(action) }
    }

    /// A message that is none of the mesh's.
    mutating func hearOthers(_ message: ReceivedMessage, at now: Int64) {
        discover(.message(topic: message.topic, payload: message.payload, retained: message.retained), at: now)
    }

    private mutating func perform(_ action: DiscoveryCore.Action) {
        switch action {
        case .subscribe(let filter): emit(.subscribe([MQTTSubscription(filter)]))
        case .unsubscribe(let filter): emit(.unsubscribe([filter]))
        case .publish(let topic, let payload):
            emit(.publish(MQTTMessage(topic: topic, payload: payload, retain: true), keep: false))
        }
    }
}
