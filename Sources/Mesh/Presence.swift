/// Which nodes of the site are there, and which of them stands first.
public struct Presence: Sendable {
    /// How many nodes are kept account of; a site beyond that is not ours, or hostile.
    public static let maximumNodes = 10_000

    private var statuses: [String: NodeStatus] = [:]

    /// Nobody is there yet.
    public init() {}

    /// Takes up a node's status, unless it is older than what is known.
    ///
    /// - Returns: whether anything changed.
    @discardableResult
    public mutating func update(_ status: NodeStatus?, of node: String) -> Bool {
        guard let status else { return statuses.removeValue(forKey: node) != nil }
        if let known = statuses[node], status == known || status.isOlder(than: known) { return false }
        guard statuses[node] != nil || statuses.count < Presence.maximumNodes else { return false }
        statuses[node] = status
        return true
    }

    /// What is known of a node.
    public subscript(node: String) -> NodeStatus? { statuses[node] }

    /// All that is known, by node.
    public var all: [String: NodeStatus] { statuses }

    /// Whether the node is online.
    public func isOnline(_ node: String) -> Bool { statuses[node]?.state == .online }

    /// The first of `nodes` in the total order that all nodes compute alike: online, system clock synchronised,
    /// higher priority, lower name. Nil if none is online.
    public func first(of nodes: some Sequence<String>) -> String? {
        var best: (node: String, status: NodeStatus)?
        for node in nodes {
            guard let status = statuses[node], status.state == .online else { continue }
            guard let leader = best else {
                best = (node, status)
                continue
            }
            let order = (status.synchronised ? 0 : 1, -status.priority)
            let leading = (leader.status.synchronised ? 0 : 1, -leader.status.priority)
            if order < leading || (order == leading && node < leader.node) { best = (node, status) }
        }
        return best?.node
    }
}
