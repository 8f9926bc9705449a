internal import MQTT

/// What goes over a connection between a client and the broker.
enum Packet: Sendable {
    /// A client begins, with its will.
    case connect(will: MQTTMessage)
    /// The broker's yes.
    case accepted
    /// A message from a client; of QoS 1 under a number.
    case publish(MQTTMessage, number: Int32)
    /// The broker has a message of QoS 1.
    case acknowledged(number: Int32)
    /// A message to a client; `retained`: the broker had kept it from before the subscription.
    case deliver(topic: String, payload: [UInt8], retained: Bool)
    /// A client subscribes to filters, under a number.
    case subscribe([String], number: Int32)
    /// The broker has taken the filters of a number.
    case subscribed(number: Int32)
    /// A client ends subscriptions.
    case unsubscribe([String])
    /// A client says farewell: no will.
    case farewell
    /// The other side's system closed the connection.
    case end
}
