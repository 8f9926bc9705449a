/// A node's word on itself at birth, and the broker's word for it when it is gone.
public struct NodeStatus: Payload, Hashable {
    /// The node's presence: it is there, it isn't, or it sleeps.
    public enum State: String, Codable, Sendable {
        /// The node is there.
        case online
        /// The node isn't there.
        case offline
        /// The node sleeps on schedule, which is healthy.
        case sleeping

        /// A word that only later versions know: whoever says it is there, and counts as online.
        public init(from decoder: any Decoder) throws {
            try self.init(from: decoder, unknown: .online)
        }
    }

    /// A bar of the node's.
    public struct Bar: Codable, Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its channels: white, warm-cold, rgb, rgbw or rgb-cct.
        public var channels: String

        /// A bar.
        public init(name: String, channels: String) {
            self.name = name
            self.channels = channels
        }
    }

    /// A sensor of the node's.
    public struct Sensor: Codable, Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The name of the driver that reads it.
        public var driver: String

        /// A sensor.
        public init(name: String, driver: String) {
            self.name = name
            self.driver = driver
        }
    }

    /// The node's presence: it is there, it isn't, or it sleeps.
    public var state: State
    /// An id that is another after each start of the agent.
    public var bootId: String
    /// Instant of the agent's start, nanoseconds since 1970: orders one boot after another.
    public var started: Int64
    /// The number of times that the agent has connected since.
    public var connection: Int
    /// The agent's version.
    public var version: String
    /// The node's bars.
    public var bars: [Bar]
    /// The node's sensors.
    public var sensors: [Sensor]
    /// The names of the node's light sensors; nil: it has none, or its version doesn't say.
    public var lights: [String]?
    /// True if the system's clock is kept by NTP or the like.
    public var synchronised: Bool
    /// The operator's preference for time reference and keeper: the highest wins. 0…100.
    public var priority: Int
    /// The contract that the agent speaks, ``Version/contract``; nil: the first, whose agents don't say so.
    public var contract: Int?
    /// The boot id of another agent that goes by the node's name; nil: none is known.
    public var conflict: String?
    /// The actions that it has programs for, `reboot` and `update`; nil: its version doesn't say.
    public var commands: [String]?
    /// The broker that the agent is on, as its file has it: `mqtt://10.0.0.2:1883`; nil: nobody is on one, or it isn't said.
    public var broker: String?

    private enum CodingKeys: String, CodingKey {
        case state, bootId, started, connection, version, bars, sensors, lights, synchronised, priority, conflict,
            broker, commands
        case contract = "protocol"
    }

    /// A status.
    public init(
        state: State, bootId: String, started: Int64, connection: Int, version: String, bars: [Bar], sensors: [Sensor],
        synchronised: Bool, priority: Int, contract: Int? = Version.contract, conflict: String? = nil,
        broker: String? = nil, lights: [String]? = nil, commands: [String]? = nil
    ) {
        self.state = state
        self.bootId = bootId
        self.started = started
        self.connection = connection
        self.version = version
        self.bars = bars
        self.sensors = sensors
        self.synchronised = synchronised
        self.priority = priority
        self.contract = contract
        self.conflict = conflict
        self.broker = broker
        self.lights = lights
        self.commands = commands
    }

    /// - Throws: ``MessageError`` for what no node says.
    public mutating func validate(_ tolerance: inout Tolerance) throws(MessageError) {
        _ = try checkInstant(started, field: "started")
        _ = try check(connection, within: 0...Int(Int32.max), field: "connection")
        _ = try check(priority, within: 0...100, field: "priority")
        for (field, text) in [("bootId", bootId), ("version", version), ("conflict", conflict ?? "")]
        where text.utf8.count > 64 {
            throw MessageError(.outOfRange, field: field, reason: "is longer than 64 bytes")
        }
        if let broker, broker.utf8.count > 300 {
            throw MessageError(.outOfRange, field: "broker", reason: "is longer than 300 bytes")
        }
    }

    /// Whether this came before `other` in the same life of the node's agent, so that a late will can't overrule a newer
    /// birth. Of two lives, what comes last counts: clocks that were wrong can't order them, and a node that is there
    /// contradicts the will of an earlier life itself.
    func isOlder(than other: NodeStatus) -> Bool {
        bootId == other.bootId && connection < other.connection
    }

    /// Whether this is of an earlier life of the node's agent than `other`, by their own clocks.
    func isOfEarlierLife(than other: NodeStatus) -> Bool {
        bootId != other.bootId && started < other.started
    }
}
