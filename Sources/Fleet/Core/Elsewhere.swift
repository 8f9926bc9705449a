internal import Lighting

/// Which nodes that are silent here answer at another broker of the agent's list: beyond a broken bridge they are well, and
/// light their own.
struct Elsewhere: Sendable {
    /// What is known of a node.
    enum Answer: Sendable, Hashable {
        /// It is being looked for.
        case awaited
        /// It answers at this broker.
        case at(String)
        /// It answers at none.
        case nowhere
    }

    /// A look that isn't over by then has found nobody.
    static let patience = Duration.seconds(15)

    private var wanted: Set<String> = []
    private var look: (nodes: [String], began: MeshInstant)?
    private var found: [String: (answer: Answer, at: MeshInstant)] = [:]

    /// Where a node answers; what is older than `freshness` is looked up anew, and holds meanwhile if it was found.
    mutating func whereabouts(of node: String, freshness: Duration, at now: MeshInstant) -> Answer {
        let known = found[node]
        if let known, now - known.at <= freshness { return known.answer }
        wanted.insert(node)
        return isFound(node) ? known?.answer ?? .awaited : .awaited
    }

    /// Whether it answered at another broker when it was last looked for.
    func isFound(_ node: String) -> Bool { if case .at = found[node]?.answer { true } else { false } }

    /// The nodes to look for now, in their names' order; nil: none, or a look is under way.
    mutating func nextLook(at now: MeshInstant) -> [String]? {
        if let look, now - look.began > Elsewhere.patience { take([:], for: look.nodes, at: now) }
        guard look == nil, !wanted.isEmpty else { return nil }
        let nodes = wanted.sorted()
        wanted = []
        look = (nodes, now)
        return nodes
    }

    /// A look is over: the brokers at which the nodes that it was for answer.
    mutating func take(_ brokers: [String: String], for nodes: [String], at now: MeshInstant) {
        guard look?.nodes == nodes else { return }
        look = nil
        wanted.subtract(nodes)
        // What nobody asks for any more is forgotten.
        found = found.filter { now - $0.value.at <= Elsewhere.patience * 4 }
        for node in nodes { found[node] = (brokers[node].map(Answer.at) ?? .nowhere, now) }
    }
}
