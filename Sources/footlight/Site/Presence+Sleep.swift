internal import Mesh

extension Presence {
    /// Whether a node sleeps.
    func sleeps(_ node: String) -> Bool { self[node]?.state == .sleeping }

    /// Whether some of these nodes sleep and none is awake: what they would show, nobody sees.
    func sleeps(_ nodes: [String]) -> Bool { nodes.contains(where: sleeps) && !nodes.contains(where: isOnline) }
}
