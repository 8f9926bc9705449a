public import Lighting

/// The names of a fleet agent, its policy, and the start that it runs.
public struct FleetDescription: Sendable, Hashable {
    /// The site's name.
    public var site: String
    /// The agent's own.
    public var id: String
    /// An identifier of this start; each start has another.
    public var bootId: String
    /// The instant of this start: of two agents of one name, the later one gives way.
    public var started: MeshInstant
    /// The agent's version.
    public var version: String
    /// The operator's preference: the higher leads where nobody does yet. 0…100.
    public var priority: Int
    /// The policy, from the fleet's file.
    public var policy: FleetPolicy
    /// True if the list of brokers has others, at which the agent can look for nodes that are silent at its own.
    public var hasOtherBrokers: Bool

    /// An agent.
    public init(
        site: String, id: String, bootId: String, started: MeshInstant, version: String, priority: Int,
        policy: FleetPolicy, hasOtherBrokers: Bool = false
    ) {
        self.site = site
        self.id = id
        self.bootId = bootId
        self.started = started
        self.version = version
        self.priority = priority
        self.policy = policy
        self.hasOtherBrokers = hasOtherBrokers
    }
}
