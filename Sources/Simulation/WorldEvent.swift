internal import MQTT

/// What happens in the world.
enum WorldEvent: Sendable {
    /// A node's process begins.
    case boot(node: Int)
    /// A node wanted to be woken.
    case wake(node: Int, boot: Int)
    /// A node tries to connect.
    case connect(node: Int, boot: Int)
    /// The pause before a node tries one of several brokers is over.
    case choose(node: Int, boot: Int)
    /// A node looks whether to go back to an earlier broker.
    case lookBack(node: Int, boot: Int, number: Int, FailBack.Event)
    /// It asks one.
    case probe(node: Int, boot: Int, number: Int, broker: Int)
    /// An attempt has taken too long.
    case attemptTimeout(channel: Int)
    /// A packet arrives at the broker.
    case up(channel: Int, Packet)
    /// A packet arrives at its client.
    case down(channel: Int, Packet)
    /// The broker, or the client, has heard nothing for too long; of a cut link unless it has been mended since.
    case brokerTimeout(channel: Int, cut: Int?)
    case clientTimeout(channel: Int, cut: Int?)
    /// A cluster tells of a death late.
    case lateWill(MQTTMessage, broker: Int)
    /// A node that ends in good order is dark.
    case farewell(node: Int, boot: Int)
    case begin(disturbance: Int)
    case end(disturbance: Int)
    case walk(Int, step: Int)
    /// The broker saves its memory.
    case save
    /// The operator applies the site file.
    case apply
    /// The operator returns all zones to automatic.
    case automatic
    /// A look at everything.
    case look
    /// Day or night comes: so bright, in lux.
    case day(lux: Double)
    /// All has come to rest.
    case rest
}
