/// The topics of the clock exchange, below `footlight/<site>/clock/`. QoS 0, never retained.
///
/// `clock/<writer>/request/<asked>`, `clock/<writer>/reply/<asker>` and `clock/<writer>/civil`: each node writes below its
/// own name alone, so the broker's access list is three patterns: write `footlight/<site>/clock/<self>/#`, read
/// `footlight/<site>/clock/+/+/<self>` and `footlight/<site>/clock/+/civil`. The latter two are what a node subscribes to.
public enum ClockTopic: Sendable, Hashable {
    /// A question by `from` to `to`.
    case request(from: String, to: String)
    /// An answer by `from` to `to`.
    case reply(from: String, to: String)
    /// The word of `from`, being the reference, on the time of day, to all: ``ClockCivil``.
    case civil(from: String)

    /// The topic's name on the broker.
    public func name(site: String) -> String {
        switch self {
        case .request(let from, let to): "footlight/\(site)/clock/\(from)/request/\(to)"
        case .reply(let from, let to): "footlight/\(site)/clock/\(from)/reply/\(to)"
        case .civil(let from): "footlight/\(site)/clock/\(from)/civil"
        }
    }

    /// The filters of all that others write to `node`, and to everybody.
    public static func filters(for node: String, site: String) -> [String] {
        ["footlight/\(site)/clock/+/+/\(node)", "footlight/\(site)/clock/+/civil"]
    }

    /// The beginning of all of a site's topics of the clock.
    public static func prefix(site: String) -> String { "footlight/\(site)/clock/" }

    /// The topic of this name, or nil where it is none of the clock's or another site's.
    public init?(name: String, site: String) {
        let prefix = ClockTopic.prefix(site: site)
        guard name.hasPrefix(prefix) else { return nil }
        let levels = name.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
        guard levels.count > 1, levels.allSatisfy({ Name.isValid($0) }) else { return nil }
        let from = String(levels[0])
        switch (levels[1], levels.count) {
        case ("request", 3): self = .request(from: from, to: String(levels[2]))
        case ("reply", 3): self = .reply(from: from, to: String(levels[2]))
        case ("civil", 2): self = .civil(from: from)
        default: return nil
        }
    }
}
