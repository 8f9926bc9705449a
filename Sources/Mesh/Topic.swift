/// A topic of the mesh below `footlight/<site>/`. The contract: docs/protocol.md.
public enum Topic: Sendable, Hashable {
    /// A node's birth and will.
    case status(node: String)
    /// A node's health report.
    case health(node: String)
    /// The time that messages take to arrive at a node.
    case delivery(node: String)
    /// A sensor's register.
    case sensor(node: String, sensor: String)
    /// The brightness that a light sensor finds.
    case light(node: String, light: String)
    /// A bar's reported light.
    case bar(node: String, bar: String)
    /// An action for a node.
    case action(node: String)
    /// A node's answer to an action.
    case result(node: String)
    /// A node's records, for whoever collects them.
    case records(node: String)
    /// The collector's word on which of a node's records it has on its disk.
    case recorded(node: String)
    /// The fleet agent that collects records.
    case collector
    /// The configuration of the site as a whole: its zones and its time zone.
    case siteConfiguration
    /// A zone's configuration.
    case zoneConfiguration(zone: String)
    /// The places that a node's hardware fills.
    case nodeConfiguration(node: String)
    /// A manual command, as it comes.
    case set(zone: String)
    /// The word that the zone's keeper has to say of a command.
    case zoneResult(zone: String)
    /// The manual command in force.
    case override(zone: String)
    /// The zone as one light.
    case state(zone: String)

    /// The topic's levels below the site.
    private var levels: [String] {
        switch self {
        case .status(let node): ["node", node, "status"]
        case .health(let node): ["node", node, "health"]
        case .delivery(let node): ["node", node, "delivery"]
        case .sensor(let node, let sensor): ["node", node, "sensor", sensor]
        case .light(let node, let light): ["node", node, "light", light]
        case .bar(let node, let bar): ["node", node, "bar", bar]
        case .action(let node): ["node", node, "action"]
        case .result(let node): ["node", node, "result"]
        case .records(let node): ["node", node, "records"]
        case .recorded(let node): ["node", node, "recorded"]
        case .collector: ["fleet", "collector"]
        case .siteConfiguration: ["config", "site"]
        case .zoneConfiguration(let zone): ["config", "zone", zone]
        case .nodeConfiguration(let node): ["config", "node", node]
        case .set(let zone): ["zone", zone, "set"]
        case .zoneResult(let zone): ["zone", zone, "result"]
        case .override(let zone): ["zone", zone, "override"]
        case .state(let zone): ["zone", zone, "state"]
        }
    }

    /// The topic's name on the broker. With `+` for a name it is a filter.
    public func name(site: String) -> String {
        "footlight/\(site)/" + levels.joined(separator: "/")
    }

    /// The topic of this name, or nil where it is none of the mesh's or another site's.
    public init?(name: String, site: String) {
        let prefix = "footlight/\(site)/"
        guard name.hasPrefix(prefix) else { return nil }
        // By bytes: to find characters' bounds takes longer than all else, and light waits for it.
        let levels = name.utf8.dropFirst(prefix.utf8.count).split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
        ).map(Substring.init)
        guard levels.allSatisfy({ Name.isValid($0) }) else { return nil }
        let part = levels.count > 1 ? String(levels[1]) : ""
        switch (levels.first, levels.count) {
        case ("node", 3):
            switch levels[2] {
            case "status": self = .status(node: part)
            case "health": self = .health(node: part)
            case "delivery": self = .delivery(node: part)
            case "action": self = .action(node: part)
            case "result": self = .result(node: part)
            case "records": self = .records(node: part)
            case "recorded": self = .recorded(node: part)
            default: return nil
            }
        case ("node", 4) where levels[2] == "sensor": self = .sensor(node: part, sensor: String(levels[3]))
        case ("node", 4) where levels[2] == "light": self = .light(node: part, light: String(levels[3]))
        case ("node", 4) where levels[2] == "bar": self = .bar(node: part, bar: String(levels[3]))
        case ("fleet", 2) where part == "collector": self = .collector
        case ("config", 2) where part == "site": self = .siteConfiguration
        case ("config", 3) where part == "zone": self = .zoneConfiguration(zone: String(levels[2]))
        case ("config", 3) where part == "node": self = .nodeConfiguration(node: String(levels[2]))
        case ("zone", 3):
            switch levels[2] {
            case "set": self = .set(zone: part)
            case "result": self = .zoneResult(zone: part)
            case "override": self = .override(zone: part)
            case "state": self = .state(zone: part)
            default: return nil
            }
        default: return nil
        }
    }
}

extension Topic {
    /// True if light may be waiting for what is said there: motion, how dark it is, a command. Actions have their turn:
    /// who awaits the answer to one knows that what was said before it has been taken up.
    public var isOfLight: Bool {
        switch self {
        case .sensor, .light, .set, .override: true
        default: false
        }
    }

    /// True if what is said there asks for something, so that each message counts by itself.
    public var isOfCommands: Bool {
        switch self {
        case .set, .action: true
        default: false
        }
    }
}
