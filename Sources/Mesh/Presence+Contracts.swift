extension Presence {
    /// The contracts that the nodes that are there speak, where it isn't one; nil: it is.
    public var mixedContracts: String? {
        Version.mixed("nodes", all.filter { $0.value.state != .offline }.mapValues(\.contract))
    }
}
