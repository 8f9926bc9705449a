/// A check that a node reports on its health: told once, for those who measure it, the rules by which fleet agents judge
/// it, and the metrics. A check that isn't here can't be reported.
public enum HealthCheck: String, Sendable, CaseIterable {
    case frames = "frames"
    case lateFrames = "late frames"
    case worstFrame = "worst frame"
    case memory = "memory"
    case messages = "messages"
    case configuration = "configuration"
    /// Of a zone.
    case zoneConfiguration = "configuration/"
    case retainedActions = "retained actions"
    case contract = "protocol"
    case sleeping = "sleeping"
    case delivery = "delivery"
    /// Of a sensor.
    case sensor = "sensor/"
    /// Of a sensor.
    case silence = "silence/"
    /// Of a sensor on a topic of its own.
    case input = "input/"
    /// Of a light sensor.
    case light = "light/"
    /// Of a bar.
    case bar = "bar/"
    case wire = "wire"
    case clock = "clock"
    case clockErrorBound = "clock error bound"
    case clockDrift = "clock drift"
    case clockLowestDelay = "clock lowest delay"
    case timeZone = "time zone"
    case systemClock = "system clock"
    case timeOfDay = "time of day"
    case broker = "broker"
    case laterBroker = "later broker"
    case brokerRoundTrip = "broker round trip"
    case name = "name"
    case realTimePriority = "real-time priority"
    case wifiPowerSaving = "wi-fi power saving"
    case disk = "disk"
    case flood = "flood"
    case records = "records"
    case cache = "cache"
    case temperature = "temperature"
    case underVoltage = "under-voltage"

    /// The metric that a check's figure is, in base units.
    public struct Metric: Sendable, Hashable {
        /// Its name in Prometheus, without `footlight_node_`.
        public let name: String
        /// A sentence that says what it tells.
        public let help: String

        init(_ name: String, _ help: String) {
            self.name = name
            self.help = help
        }
    }

    /// The unit of its figure.
    public var unit: String { entry.unit }
    /// The rule by which it is judged where the fleet agent's file says nothing; nil: it is shown only.
    public var rule: CheckRule? { entry.rule }
    /// The metric that its figure is; nil: none.
    public var metric: Metric? { entry.metric }
    /// True if it is of a part of the node, whose name follows.
    public var isOfPart: Bool { rawValue.hasSuffix("/") }

    /// The check that a report names; nil: only a later contract has it, or somebody else's.
    public init?(named name: String) {
        if let slash = name.firstIndex(of: "/") {
            self.init(rawValue: String(name[...slash]))
        } else {
            self.init(rawValue: name)
        }
    }

    /// The part of the node that a check of this kind names; nil: it is of another kind.
    public func part(of name: String) -> Substring? {
        isOfPart && name.hasPrefix(rawValue) ? name.dropFirst(rawValue.count) : nil
    }

    private typealias Entry = (unit: String, rule: CheckRule?, metric: Metric?)

    /// What a restart can't mend and a spare needn't replace is shown only: a full disk, heat, a weak supply, a slow
    /// network (or a machine with much to do) over which no clock can be known well, a message (or a flood of them) that
    /// somebody else got wrong, or that this version of the agent refuses.
    private var entry: Entry {
        let counts = CheckRule(counts: true)
        let isShown = CheckRule(counts: false)
        switch self {
        case .frames: return ("drawn", nil, nil)
        case .lateFrames: return ("frames", counts, nil)
        case .worstFrame:
            let help = "How late the latest frame of the last report's time was."
            return ("ms late", nil, Metric("worst_frame_delay_seconds", help))
        case .memory:
            return (
                "MB", CheckRule(counts: true, maximum: 64),
                Metric("memory_bytes", "What the node's agent holds of memory.")
            )
        case .messages: return ("refused", nil, nil)
        case .configuration: return ("zones", nil, nil)
        case .zoneConfiguration: return ("bars", isShown, nil)
        case .retainedActions: return ("topics", nil, nil)
        case .contract: return ("messages in part", nil, nil)
        case .sleeping: return ("seconds left", nil, nil)
        case .delivery:
            let help = "How long almost all messages take to the node."
            return ("ms", CheckRule(counts: false, maximum: 1000), Metric("delivery_seconds", help))
        case .sensor: return ("seconds since motion", counts, nil)
        case .silence: return ("hours", nil, nil)
        case .input: return ("seconds since message", nil, nil)
        case .light: return ("lx", nil, nil)
        case .bar: return ("lightness", counts, nil)
        case .wire: return ("pulses", nil, nil)
        case .clock:
            return ("ms offset", counts, Metric("clock_offset_seconds", "How far the node's clock is off mesh time."))
        case .clockErrorBound:
            let help = "The most that the node's clock can be off."
            return ("ms", CheckRule(counts: false, maximum: 50), Metric("clock_error_bound_seconds", help))
        case .clockDrift: return ("ppm", nil, nil)
        case .clockLowestDelay: return ("ms", nil, nil)
        case .timeZone: return ("missing", nil, nil)
        case .systemClock, .timeOfDay: return ("s ahead of mesh time", nil, nil)
        case .broker: return ("lacks", isShown, nil)
        case .laterBroker: return ("place", isShown, nil)
        case .brokerRoundTrip:
            let help = "How long the node's message takes to the broker and back."
            return ("ms", CheckRule(counts: false, maximum: 1000), Metric("broker_round_trip_seconds", help))
        case .name: return ("others", isShown, nil)
        case .realTimePriority: return ("granted", nil, nil)
        case .wifiPowerSaving: return ("on", isShown, nil)
        case .disk:
            let help = "How much of the node's disk is free, 0 to 1."
            return ("% free", CheckRule(counts: false, minimum: 5), Metric("disk_free_ratio", help))
        case .flood: return ("messages/s", isShown, nil)
        case .records: return ("waiting", nil, nil)
        case .cache: return ("s unsaved", isShown, nil)
        case .temperature:
            let help = "The temperature of the node's processor."
            return ("°C", CheckRule(counts: false, maximum: 80), Metric("temperature_celsius", help))
        case .underVoltage: return ("alarms", isShown, nil)
        }
    }
}
