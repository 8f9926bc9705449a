internal import Mesh

/// A topic of the fleet agents, below `footlight/<site>/fleet/`.
public enum FleetTopic: Sendable, Hashable {
    /// A node's health status and lifecycle state. Retained.
    case node(String)
    /// A group, with its activities. Retained.
    case group(zone: String)
    /// Activities as they begin and end, a line each. Not retained.
    case activity
    /// A fleet agent's claim. Retained, and its will.
    case agent(String)
    /// An operator's command. Not retained.
    case command
    /// The answer. Not retained.
    case result

    private var levels: [String] {
        switch self {
        case .node(let node): ["node", node]
        case .group(let zone): ["group", zone]
        case .activity: ["activity"]
        case .agent(let id): ["agent", id]
        case .command: ["command"]
        case .result: ["result"]
        }
    }

    /// The topic's name on the broker. With `+` for a name it is a filter.
    public func name(site: String) -> String { "footlight/\(site)/fleet/" + levels.joined(separator: "/") }

    /// The topic of this name, or nil where it is none of the fleet's or another site's.
    public init?(name: String, site: String) {
        let prefix = "footlight/\(site)/fleet/"
        guard name.hasPrefix(prefix) else { return nil }
        let levels = name.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        guard levels.allSatisfy({ Name.isValid($0) }) else { return nil }
        let part = levels.count > 1 ? String(levels[1]) : ""
        switch (levels.first, levels.count) {
        case ("node", 2): self = .node(part)
        case ("group", 2): self = .group(zone: part)
        case ("agent", 2): self = .agent(part)
        case ("activity", 1): self = .activity
        case ("command", 1): self = .command
        case ("result", 1): self = .result
        default: return nil
        }
    }
}
