/// What goes over a connection between a client and the broker.
enum Packet: Sendable {
    /// A message, either way.
    struct Message: Sendable, Hashable {
        var topic: String
        var payload: [UInt8]
        var retain: Bool
        var qos: Int
    }

    /// A client begins, with its will.
    case connect(will: Message)
    /// The broker's yes.
    case accepted
    /// A message from a client; of QoS 1 under a number.
    case publish(Message, number: Int)
    /// The broker has a message of QoS 1.
    case acknowledged(number: Int)
    /// A message to a client; `retained`: the broker had kept it from before the subscription.
    case deliver(topic: String, payload: [UInt8], retained: Bool)
    /// A client subscribes.
    case subscribe([String])
    /// The broker has taken as many filters.
    case subscribed(count: Int)
    /// A client ends subscriptions.
    case unsubscribe([String])
    /// A client says farewell: no will.
    case farewell
    /// The other side's system closed the connection.
    case end
}
