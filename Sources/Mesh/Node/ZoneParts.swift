/// In which zones each node has a part: what is said of a node concerns no others, and there may be a thousand.
struct ZoneParts: Sendable {
    private var zones: [String: Set<String>] = [:]
    private var nodes: [String: [String]] = [:]

    /// The zones in which a node has a part.
    func zones(of node: String) -> Set<String> { zones[node] ?? [] }

    /// These nodes have a part in a zone, and no others; none: the zone is gone.
    mutating func set(_ zone: String, nodes new: [String]) {
        let old = nodes[zone] ?? []
        guard old != new else { return }
        nodes[zone] = new.isEmpty ? nil : new
        for node in old {
            zones[node]?.remove(zone)
            if zones[node]?.isEmpty == true { zones[node] = nil }
        }
        for node in new { zones[node, default: []].insert(zone) }
    }
}
