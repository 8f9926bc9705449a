internal import MQTT
internal import Mesh

/// Something that happens in a simulated fleet.
enum FleetWorldEvent: Sendable {
    case up(Int, FleetPacket)
    case down(Int, FleetPacket)
    case connect(Int, attempt: Int)
    case attemptTimeout(Int, attempt: Int)
    case brokerTimeout(Int, attempt: Int, cut: Int)
    case clientTimeout(Int, attempt: Int, cut: Int)
    case wake(Int, boot: Int)
    case boot(Int, boot: Int)
    case report(Int, boot: Int)
    case goBack(Int, boot: Int)
    /// The program that updates a node has ended.
    case installed(Int, boot: Int, ActionMessage)
    /// The leader is killed, if anything is under way.
    case killAmid
    case begin(Int)
    case mend([Int])
    case brokerStart
    case resume(Int, boot: Int)
    case startAgent(Int)
    case system
    /// What comes to a broker by the bridge.
    case bridged(to: Int, MQTTMessage, cut: Int)
    case mendBridge
}
