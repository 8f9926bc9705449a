internal import Lighting
internal import MQTT

/// One connection between a client and the broker: in each direction packets come in order, or not at all.
struct Channel: Sendable {
    let node: Int
    /// Which of the brokers.
    let broker: Int
    /// Whether the client still has its end, and the broker its.
    var clientOpen = true
    var brokerOpen = false
    var will: MQTTMessage?
    /// The arrival of the last packet in each direction: none overtakes it.
    var lastUp = MeshInstant.distantPast
    var lastDown = MeshInstant.distantPast
    /// The same by topic, where a cluster of brokers keeps order within a topic only.
    var lastByTopic: [String: MeshInstant] = [:]
    /// When the link carries packets again after it was cut: what is sent meanwhile stands behind what was held.
    var resumedAt = MeshInstant.distantPast
    /// What waits for the link to come back.
    var heldUp: [Packet] = []
    var heldDown: [Packet] = []
}
