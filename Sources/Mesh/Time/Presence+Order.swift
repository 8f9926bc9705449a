extension Presence {
    /// The nodes that are online, in the total order of ``first(of:)``: what ``MeshClockEvent/presence(_:)`` takes.
    public var clockOrder: [String] {
        all.filter { $0.value.state == .online }.sorted { left, right in
            let a = (left.value.synchronised ? 0 : 1, -left.value.priority)
            let b = (right.value.synchronised ? 0 : 1, -right.value.priority)
            return a == b ? left.key < right.key : a < b
        }.map(\.key)
    }
}
