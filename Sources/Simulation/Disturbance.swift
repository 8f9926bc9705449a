internal import Lighting

/// Something that befalls the mesh for a while and then is over, so that any of them can be left out of a scenario.
struct Disturbance: Sendable, Codable {
    /// What it is. Nodes, sensors and zones by their index in the scenario.
    enum Kind: Sendable, Codable {
        /// Somebody stands before a sensor.
        case motion(sensor: Int)
        /// An operator's trigger.
        case trigger(sensor: Int, seconds: Double)
        /// The link between these nodes and the broker carries nothing; what is sent meanwhile comes afterwards.
        case partition([Int])
        /// The connections of these nodes break.
        case breakConnections([Int])
        /// A broker of the list ends, with or without its retained messages; its whole machine, or the process alone.
        case broker(Int, losingMemory: Bool, powerLoss: Bool)
        /// kill -9
        case kill(node: Int)
        /// Nobody says anything: the will comes when the broker notices.
        case powerLoss(node: Int)
        /// SIGTERM
        case stop(node: Int)
        /// The system's clock is wrong by this much.
        case clockStep(node: Int, by: Duration)
        /// The board's clock, which began in 1970, hears of a time server, and is off by this from now on.
        case timeServer(node: Int, error: Duration)
        /// The operator applies this instead.
        case apply(zone: Int, Zone)
        /// The operator removes the zone, and applies it again afterwards.
        case remove(zone: Int)
        /// A manual command.
        case command(zone: Int, payload: String)
        /// The operator says which places an absent node fills, or takes that back.
        case places(isTakenBack: Bool)
        /// The place of a node's bar is given to another node's, or back to the node itself. Whoever had it is told, or
        /// learns of it from the newcomer's word.
        case fill(Scenario.PlaceName, by: Int, tellsFormer: Bool)
        /// The broker saves its memory.
        case save
        /// Somebody publishes nonsense.
        case garbage(number: UInt64)
    }

    /// Whether it concerns who hears whom.
    var isOfNetwork: Bool {
        switch kind {
        case .partition, .breakConnections, .broker, .kill, .powerLoss, .stop: true
        default: false
        }
    }

    /// When, after the beginning.
    var at: Duration
    /// How long.
    var lasts: Duration
    /// What.
    var kind: Kind
}
