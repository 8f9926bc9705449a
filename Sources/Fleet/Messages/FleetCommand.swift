public import Mesh

/// An operator's command for the fleet agent that leads.
public struct FleetCommand: Payload, Hashable {
    /// The commands that there are.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// `node` out of service.
        case enterStandby = "enter-standby"
        /// `node` back into service.
        case exitStandby = "exit-standby"
        /// `node` is Healthy or Unhealthy (`health`), whatever checks say.
        case setHealth = "set-health"
        /// Suspend `processes` (all, if none are named) of `zone`.
        case suspend
        /// Resume them.
        case resume
        /// Update the nodes of `zone` to `version`.
        case startRefresh = "start-refresh"
        /// Begin no more updates in `zone`.
        case cancelRefresh = "cancel-refresh"
        /// Take the nodes of `zone` back to what they had.
        case rollbackRefresh = "rollback-refresh"
        /// `zone` sleeps until its next scheduled action.
        case sleep
        /// `zone` is awake until its next scheduled action.
        case wake
    }

    /// The command.
    public var command: Kind
    /// A name for the answer, 1…64 bytes.
    public var id: String
    /// The node.
    public var node: String?
    /// The group.
    public var zone: String?
    /// The health status that `set-health` gives the node.
    public var health: HealthStatus?
    /// True if `set-health` to Unhealthy is to wait for the grace period; nil: it is.
    public var shouldRespectGracePeriod: Bool?
    /// The processes.
    public var processes: [SuspendableProcess]?
    /// The version of a refresh.
    public var version: String?
    /// The preferences for a refresh.
    public var preferences: RefreshMessage.Preferences?
    /// The contract of who asks, ``Version/contract``; nil: the first.
    public var contract: Int?

    private enum CodingKeys: String, CodingKey {
        case command, id, node, zone, health, shouldRespectGracePeriod, processes, version, preferences
        case contract = "protocol"
    }

    /// A command.
    public init(_ command: Kind, id: String, node: String? = nil, zone: String? = nil) {
        self.command = command
        self.id = id
        self.node = node
        self.zone = zone
        contract = Version.contract
    }

    /// - Throws: `MessageError` for an id that none can be. What else is wrong the sender is answered.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        try checkID(id)
    }
}
