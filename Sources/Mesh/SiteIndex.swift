internal import Lighting

/// An index of the retained messages that a site has, found from one to the next: its zones from `config/site`, their
/// nodes from the zones' configuration, their hardware from the nodes' status. For brokers that keep nothing for
/// wildcard filters.
public struct SiteIndex: Sendable {
    /// The most topics that it names, so that a broken site doesn't fill the memory.
    static let limit = 20_000

    private let site: String
    private var named: Set<String> = []

    /// An index that knows nothing yet.
    public init(site: String) { self.site = site }

    /// The topics to begin with.
    public mutating func begin() -> [String] { new([.siteConfiguration]) }

    /// Takes up a message; what can't be read names nothing.
    ///
    /// - Returns: the topics that it leads to and that weren't named before.
    public mutating func take(topic name: String, payload: [UInt8]) -> [String] {
        guard let topic = Topic(name: name, site: site), let message = try? MeshMessage(topic, payload) else {
            return []
        }
        switch message {
        case .siteConfiguration(let site):
            let zones = site?.zones ?? []
            return new(
                zones.map { .zoneConfiguration(zone: $0) } + zones.map { .override(zone: $0) }
                    + zones.map { .state(zone: $0) }) + fleet("group", zones)
        case .zoneConfiguration(_, let message):
            guard let zone = message?.zone else { return [] }
            return topics(of: (zone.bars + zone.sensors.keys).compactMap { Name.place($0)?.node })
        case .status(let node, let status):
            guard let status else { return [] }
            return new(
                status.bars.map { .bar(node: node, bar: $0.name) }
                    + status.sensors.map { .sensor(node: node, sensor: $0.name) }
                    + (status.lights ?? []).map { .light(node: node, light: $0) })
        default: return []
        }
    }

    /// The topics of nodes that weren't named before: a node that has a part in no zone is found by its name only.
    public mutating func topics(of nodes: [String]) -> [String] {
        let nodes = Set(nodes).sorted()
        return new(
            nodes.flatMap { [.nodeConfiguration(node: $0), .status(node: $0), .delivery(node: $0)] as [Topic] })
            + fleet("node", nodes)
    }

    private mutating func new(_ topics: [Topic]) -> [String] { new(topics.map { $0.name(site: site) }) }

    /// The fleet agent's records.
    private mutating func fleet(_ kind: String, _ names: [String]) -> [String] {
        new(names.map { "footlight/\(site)/fleet/\(kind)/\($0)" })
    }

    private mutating func new(_ topics: [String]) -> [String] {
        topics.filter { named.count < SiteIndex.limit && named.insert($0).inserted }
    }
}
