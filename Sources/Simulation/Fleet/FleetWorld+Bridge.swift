internal import Lighting
internal import MQTT

/// Two brokers that hand each other what they are told, as mosquitto's bridge does.
extension FleetWorld {
    /// Hands a message to the other broker; none where there is one, or the bridge is broken.
    mutating func carry(_ message: MQTTMessage, from side: Int) {
        guard scenario.far != nil, bridgeCuts == 0 else { return }
        let at = max(lastBridged[side], now + delay())
        lastBridged[side] = at
        queue.push(.bridged(to: 1 - side, message, cut: bridgeNumber), at: at)
    }

    mutating func cutBridge() {
        bridgeCuts += 1
        bridgeNumber += 1
    }

    /// Each side hands the other all that it keeps, whichever is newer: where they differ they exchange it.
    mutating func mendBridge() {
        bridgeCuts -= 1
        guard bridgeCuts == 0 else { return }
        for side in brokers.indices {
            for (topic, payload) in brokers[side].retained.sorted(by: { $0.key < $1.key }) {
                carry(MQTTMessage(topic: topic, payload: payload, retain: true), from: side)
            }
        }
    }
}
