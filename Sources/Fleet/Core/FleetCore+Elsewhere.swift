internal import Lighting
internal import Mesh

extension FleetCore {
    /// Where else a silent node answers, before its place is given away.
    mutating func whereabouts(of node: String, at now: MeshInstant) -> Elsewhere.Answer {
        guard description.hasOtherBrokers, nodes[node]?.message.setByOperator != true else { return .nowhere }
        return elsewhere.whereabouts(of: node, freshness: policy.health.interval, at: now)
    }

    /// Nodes were looked for at the other brokers.
    mutating func looked(for nodes: [String], found: [String: String], at now: MeshInstant) {
        elsewhere.take(found, for: nodes, at: now)
        reconsider(at: now)
    }

    /// Has the nodes looked for that it is wanted of.
    mutating func lookElsewhere(at now: MeshInstant) {
        if let nodes = elsewhere.nextLook(at: now) { actions.append(.lookElsewhere(for: nodes)) }
    }
}
