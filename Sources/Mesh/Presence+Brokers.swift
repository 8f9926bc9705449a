extension Presence {
    /// The nodes that are at another broker and not at the one that this was read from: those whose newest word, by which
    /// they are there, stands only on the other, in their names' order.
    ///
    /// Where brokers are bridged or one cluster, the same words stand on both, and nobody is elsewhere. What a broker kept
    /// from before is no sign of life: its word is older than that of the broker where the node is.
    public func nodesElsewhere(in other: Presence) -> [String] {
        other.all.filter { node, there in
            guard there.state != .offline else { return false }
            guard let here = self[node] else { return true }
            return here.isOlder(than: there) || here.isOfEarlierLife(than: there)
        }.keys.sorted()
    }
}
