internal import Lighting

/// The nodes of the site that are there, and which of them stands first.
public struct Presence: Sendable {
    /// The most nodes of which account is kept; a site beyond that is not ours, or hostile.
    public static let maximumNodes = 10_000

    private var statuses: [String: NodeStatus] = [:]
    private var barModes = BarModes()
    /// The nodes that are online, in the total order of ``first(of:)``: what ``MeshClockEvent/presence(_:)`` takes.
    public private(set) var clockOrder: [String] = []
    /// Who is online by its word and isn't believed to be, until when.
    private var distrusted: [String: MeshInstant] = [:]
    /// Another whenever ``clockOrder`` is another.
    public private(set) var orderRevision = 0

    /// A site of which nobody is there yet.
    public init() {}

    /// Takes up a node's status, unless it is older than what is known.
    ///
    /// - Returns: whether anything changed.
    @discardableResult
    public mutating func update(_ status: NodeStatus?, of node: String) -> Bool {
        let known = statuses[node]
        if let status {
            if let known, status == known || status.isOlder(than: known) { return false }
            guard known != nil || statuses.count < Presence.maximumNodes else { return false }
        } else if known == nil {
            return false
        }
        distrusted[node] = nil
        // Its place is found by the status that it had.
        let old = rank(of: node)
        if old != nil { clockOrder.remove(at: place(of: node)) }
        statuses[node] = status
        let new = rank(of: node)
        if new != nil { clockOrder.insert(node, at: place(of: node)) }
        let isSame = old.map { old in new.map { old == $0 } ?? false } ?? (new == nil)
        if !isSame { orderRevision += 1 }
        return true
    }

    /// Takes up what a node says of its bars; nil: it is gone for good.
    ///
    /// - Returns: whether that changes what they can show.
    mutating func learn(_ bars: [NodeStatus.Bar]?, of node: String) -> Bool { barModes.update(bars, of: node) }

    /// Returns what bars, `node/bar` or `node` each, can show together, as far as their nodes have told.
    func lightModes(of bars: [String]) -> LightModes { barModes.together(bars) }

    /// Takes a node for absent where ``first(of:)`` is asked, until an instant or its next word.
    mutating func distrust(_ node: String, until: MeshInstant) { distrusted[node] = until }

    /// Believes a node again; returns whether it was taken for absent.
    mutating func trust(_ node: String) -> Bool { distrusted.removeValue(forKey: node) != nil }

    /// Believes again who was taken for absent until `now`.
    mutating func trust(at now: MeshInstant) { distrusted = distrusted.filter { $0.value > now } }

    /// When the first of those who are taken for absent is believed again.
    var distrustEnds: MeshInstant? { distrusted.values.min() }

    /// The status that is known of a node; nil: none.
    public subscript(node: String) -> NodeStatus? { statuses[node] }

    /// All that is known, by node.
    public var all: [String: NodeStatus] { statuses }

    /// Returns whether the node is online.
    public func isOnline(_ node: String) -> Bool { statuses[node]?.state == .online }

    /// The first of `nodes` in the total order that all nodes compute alike: online, system clock synchronised,
    /// higher priority, lower name. Nil if none is online; one that is taken for absent where no other is.
    public func first(of nodes: some Sequence<String>) -> String? {
        let online = nodes.filter(isOnline)
        return online.filter { distrusted[$0] == nil }.min(by: precedes) ?? online.min(by: precedes)
    }

    /// Whether ``first(of:)`` of both would be `left`, both of them online.
    func isPreferred(_ left: String, to right: String) -> Bool {
        let (a, b) = (distrusted[left] == nil, distrusted[right] == nil)
        return a == b ? precedes(left, right) : a
    }

    /// Whether `left` stands before `right`, both of them online.
    func precedes(_ left: String, _ right: String) -> Bool {
        guard let a = rank(of: left), let b = rank(of: right) else { return false }
        return a == b ? left < right : a < b
    }

    private func rank(of node: String) -> (Int, Int)? {
        guard let status = statuses[node], status.state == .online else { return nil }
        return (status.synchronised ? 0 : 1, -status.priority)
    }

    /// Where an online node stands in the order, or would.
    private func place(of node: String) -> Int {
        var (low, high) = (0, clockOrder.count)
        while low < high {
            let middle = (low + high) / 2
            if precedes(clockOrder[middle], node) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
