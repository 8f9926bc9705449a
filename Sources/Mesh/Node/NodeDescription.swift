public import Lighting

/// The description of a node: its names, its hardware, and this start of its agent.
public struct NodeDescription: Sendable, Hashable {
    /// A sensor.
    public struct Sensor: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The driver that reads it.
        public var driver: String
        /// The time for which it may see motion without a pause, or without a word, before it counts as stuck.
        public var stuckLimit: Duration
        /// The topic on which some other program publishes it; nil: nobody does.
        public var topic: String?

        /// A sensor.
        public init(name: String, driver: String, stuckLimit: Duration = .seconds(3600), topic: String? = nil) {
            self.name = name
            self.driver = driver
            self.stuckLimit = stuckLimit
            self.topic = topic
        }
    }

    /// The signals that start the light of the node's bars.
    public enum Triggers: Sendable, Hashable {
        /// Motion that the mesh tells of.
        case network
        /// Pulses on the trigger wire, and nothing else.
        case wire
        /// Either.
        case networkAndWire
    }

    /// The light of a bar that doesn't fade out when its node is stopped.
    public enum StopLight: Sendable, Hashable {
        /// The light that it shows already.
        case last
        /// All its light, warm white.
        case on
    }

    /// The site's name.
    public var site: String
    /// The node's name.
    public var node: String
    /// Its bars.
    public var bars: [NodeStatus.Bar]
    /// Its sensors.
    public var sensors: [Sensor]
    /// Its light sensors' names.
    public var lights: [String] = []
    /// The agent's version.
    public var version: String
    /// A text that is another after each start.
    public var bootId: String
    /// The instant at which the agent started.
    public var started: MeshInstant
    /// True if the system's clock is kept by NTP or the like.
    public var synchronised: Bool
    /// The lights that bars show from the start until the node knows what they should, by the bar's name.
    public var startLights: [String: Light] = [:]
    /// The lights that bars show once the node has been stopped, by the bar's name; the others fade out.
    public var stopLights: [String: StopLight] = [:]
    /// The kinds of command for which there are programs.
    public var commands: Set<NodeCommand.Kind> = []
    /// The operator's preference for keeper and time reference, 0…100.
    public var priority: Int
    /// The contract that its agent says it speaks; nil: the first, whose agents don't say so.
    public var contract: Int? = Version.contract
    /// The signals that start the light of its bars. On a wire, its sensors are told there too.
    public var triggers: Triggers

    /// A node.
    public init(
        site: String, node: String, bars: [NodeStatus.Bar], sensors: [Sensor], version: String, bootId: String,
        started: MeshInstant, synchronised: Bool = false, priority: Int = 0, triggers: Triggers = .network
    ) {
        self.site = site
        self.node = node
        self.bars = bars
        self.sensors = sensors
        self.version = version
        self.bootId = bootId
        self.started = started
        self.synchronised = synchronised
        self.priority = priority
        self.triggers = triggers
    }

    /// The node's status as of its `connection`th connection.
    func status(
        _ state: NodeStatus.State, connection: Int, conflict: String? = nil, broker: String? = nil
    ) -> NodeStatus {
        NodeStatus(
            state: state, bootId: bootId, started: started.nanoseconds, connection: connection, version: version,
            bars: bars, sensors: sensors.map { .init(name: $0.name, driver: $0.driver) }, synchronised: synchronised,
            priority: priority, contract: contract, conflict: conflict, broker: broker,
            lights: lights.isEmpty ? nil : lights, commands: commands.map(\.rawValue).sorted())
    }

    /// Returns the will for the `connection`th connection: what the broker says when the node is gone.
    public func will(connection: Int) -> NodeAction.Publication {
        NodeAction.Publication(
            topic: Topic.status(node: node).name(site: site),
            payload: JSON.encode(status(.offline, connection: connection)), retain: true, qos: 1, keep: false)
    }
}
