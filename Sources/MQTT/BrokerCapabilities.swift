/// The abilities that a broker was found to have, and their meaning for a mesh. Pure.
public struct BrokerCapabilities: Sendable, Hashable {
    /// Something that a mesh asks of a broker.
    public enum Ability: String, Sendable, Hashable, CaseIterable {
        case version5 = "MQTT 5"
        case version311 = "MQTT 3.1.1"
        case liveQoS0 = "live messages, QoS 0"
        case liveQoS1 = "live messages, QoS 1"
        case acknowledged = "QoS 1 acknowledged"
        case retainedExact = "retained, by exact topic"
        case retainedWildcard = "retained, by wildcard"
        case retainedForgotten = "retained, forgotten when empty"
        case will = "will"
        case takeover = "takeover by the same client id"
        case space = "subscription with a space"
        case dot = "subscription with a dot"
        case payload = "payload of 128 KB"

        /// The consequence where the broker lacks it, and what to do; nil: the mesh does without.
        public var consequence: String? {
            switch self {
            case .version5: nil
            case .version311: nil
            case .liveQoS0: "health reports and the clock exchange don't arrive; check the broker's access list"
            case .liveQoS1: "motion isn't told to other nodes; check the broker's access list"
            case .acknowledged: "commands can't be known to have arrived; check the broker's access list and log"
            case .retainedExact: "a node that starts knows nothing of the site and stays dark; use mosquitto"
            case .retainedWildcard:
                "who starts later hears only of what config/site leads to, and not of spares; use mosquitto"
            case .retainedForgotten: "zones that were removed come back; use mosquitto"
            case .will: "a node that dies stays online for the others; use mosquitto"
            case .takeover: "a node that lost its connection unseen is there twice for a while; use mosquitto"
            case .space: "sensors whose topic has a space can't be read; rename the topic, or use mosquitto"
            case .dot: "sensors whose topic has a dot can't be read; rename the topic, or use mosquitto"
            case .payload: "large zones can't be published; raise the broker's limit of packets"
            }
        }

        /// True if a mesh can't work, or not wholly, without it. Sensors' topics can be renamed.
        public var isNeeded: Bool {
            switch self {
            case .version5, .version311, .space, .dot: false
            default: true
            }
        }
    }

    /// The consequence where a broker keeps nothing for wildcards, and what to do.
    public static let lackOfWildcards =
        "keeps no retained messages for wildcard subscriptions: nodes and commands that start later are told topic by topic "
        + "of what config/site leads to, and not of spares, nor of nodes without a place; use mosquitto"

    /// A finding about an ability.
    public struct Finding: Sendable, Hashable {
        /// True if the broker has it; nil: it couldn't be told.
        public var has: Bool?
        /// The broker's words, a figure, or nothing.
        public var note: String

        /// A finding.
        public init(_ has: Bool?, _ note: String = "") {
            self.has = has
            self.note = note
        }
    }

    /// The findings so far.
    public private(set) var findings: [Ability: Finding] = [:]

    /// The capabilities of a broker of which nothing is known yet.
    public init() {}

    /// Takes note of something.
    public mutating func note(_ ability: Ability, _ finding: Finding) { findings[ability] = finding }

    /// The finding about an ability.
    public subscript(_ ability: Ability) -> Finding { findings[ability] ?? Finding(nil, "not tried") }

    /// The abilities that a mesh needs and the broker lacks, or that couldn't be told.
    public var lacks: [Ability] {
        Ability.allCases.filter { $0.isNeeded && self[$0].has != true }
    }

    /// True if a mesh works on it in full: one of the versions, and all that is needed.
    public var suffices: Bool {
        (self[.version5].has == true || self[.version311].has == true) && lacks.isEmpty
    }
}
