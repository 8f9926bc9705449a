extension Presence {
    /// Which contracts the nodes that are there speak, where it isn't one; nil: it is.
    public var mixedContracts: String? {
        let present = all.filter { $0.value.state != .offline }
        let groups = Dictionary(grouping: present.keys) { present[$0]?.contract ?? 1 }.sorted { $0.key < $1.key }
        guard groups.count > 1 else { return nil }
        let parts = groups.map { contract, nodes in
            let names = nodes.sorted().prefix(4).joined(separator: ", ")
            return "\(contract): \(names)" + (nodes.count > 4 ? " and \(nodes.count - 4) more" : "")
        }
        return
            "nodes speak different protocols (\(parts.joined(separator: "; "))); they work together by what all know: "
            + "update the older ones"
    }
}
