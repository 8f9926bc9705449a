/// The topics of the clock exchange, below `footlight/<site>/clock/`. QoS 0, never retained.
///
/// `clock/<writer>/request/<asked>` and `clock/<writer>/reply/<asker>`: each node writes below its own name alone, so
/// the broker's access list is two patterns: write `footlight/<site>/clock/<self>/#`, read
/// `footlight/<site>/clock/+/+/<self>`. The latter is also the one filter that a node subscribes to.
public enum ClockTopic: Sendable, Hashable {
    /// A question by `from` to `to`.
    case request(from: String, to: String)
    /// An answer by `from` to `to`.
    case reply(from: String, to: String)

    /// The topic's name on the broker.
    public func name(site: String) -> String {
        switch self {
        case .request(let from, let to): "footlight/\(site)/clock/\(from)/request/\(to)"
        case .reply(let from, let to): "footlight/\(site)/clock/\(from)/reply/\(to)"
        }
    }

    /// The filter of all that others write to `node`.
    public static func filter(for node: String, site: String) -> String { "footlight/\(site)/clock/+/+/\(node)" }

    /// What all of a site's topics begin with.
    public static func prefix(site: String) -> String { "footlight/\(site)/clock/" }

    /// The topic of this name, or nil where it is none of the clock's or another site's.
    public init?(name: String, site: String) {
        let prefix = ClockTopic.prefix(site: site)
        guard name.hasPrefix(prefix) else { return nil }
        let levels = name.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        guard levels.count == 3, levels.allSatisfy({ Name.isValid($0) }) else { return nil }
        switch levels[1] {
        case "request": self = .request(from: String(levels[0]), to: String(levels[2]))
        case "reply": self = .reply(from: String(levels[0]), to: String(levels[2]))
        default: return nil
        }
    }
}
