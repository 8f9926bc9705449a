public import Lighting

/// What a fleet agent is.
public struct FleetDescription: Sendable, Hashable {
    /// The site's name.
    public var site: String
    /// The agent's own.
    public var id: String
    /// What is another after each start.
    public var bootId: String
    /// When it started: of two of one name the later gives way.
    public var started: MeshInstant
    /// The agent's version.
    public var version: String
    /// The operator's preference: the higher leads where nobody does yet. 0…100.
    public var priority: Int
    /// What the fleet's file says.
    public var policy: FleetPolicy
    /// Whether its list has further brokers, at which it can look for nodes that are silent at its own.
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
