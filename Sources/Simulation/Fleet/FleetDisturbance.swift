/// Something that befalls a fleet.
struct FleetDisturbance: Sendable {
    enum Kind: Sendable {
        /// A node's agent is killed; it comes back after a while, or never.
        case crash(node: Int, backAfter: Duration?)
        /// A node's agent is stopped: it is there, connected, and does nothing.
        case hang(node: Int)
        /// A node loses its power: nothing says so.
        case powerLoss(node: Int, backAfter: Duration?)
        /// A node's bar fails, until what mends it.
        case barFault(node: Int, mendedBy: SimulatedFleetNode.Remedy)
        /// Some nodes' links carry nothing.
        case cut(nodes: [Int], for: Duration)
        /// The bridge between the brokers carries nothing.
        case cutBridge(for: Duration)
        /// The broker is gone.
        case brokerStop(for: Duration, losingMemory: Bool)
        /// The fleet agent that leads is killed, and started again.
        case killLeader(backAfter: Duration)
        /// The fleet agent that leads is stopped for a while.
        case pauseLeader(for: Duration)
        /// The link of the fleet agent that leads carries nothing.
        case cutLeader(for: Duration)
        /// An operator wants another version.
        case refresh(zone: Int, version: String, bakeSeconds: Double)
    }

    var at: Duration
    var kind: Kind
}
