internal import Lighting
internal import MQTT

/// A client of the simulated broker: a fleet agent or a node, and its link.
struct FleetPeer: Sendable {
    let name: String
    var filters: [String]
    /// The broker that it connects to: the first or, beyond the bridge, the second.
    var side = 0
    /// Counts attempts to connect.
    var attempt = 0
    /// Whether the client believes itself connected.
    var isUp = false
    /// The attempt that the broker has a session for.
    var session: Int?
    var will: MQTTMessage?
    /// How many cuts there are; what is sent meanwhile comes when there is none.
    var cuts = 0
    var lastUp = MeshInstant.distantPast
    var lastDown = MeshInstant.distantPast
    var heldUp: [FleetPacket] = []
    var heldDown: [FleetPacket] = []
}

/// What goes over a link, with the number of the attempt that it is of.
enum FleetPacket: Sendable {
    case connect(Int, will: MQTTMessage)
    case publish(Int, MQTTMessage)
    case farewell(Int)
    case accepted(Int)
    case deliver(Int, topic: String, payload: [UInt8], retained: Bool)
    case settled(Int)
    case closed(Int)
}
