// Whether a fleet is as it should be: the one definition, for the command line's exit code, `/health` and metrics.
//
// A node with a place must be Healthy, or out of service by somebody's wish; so must a spare, which couldn't help else. A
// node that was replaced counts no more: another does its work. Nothing is held back, and nobody is needed.

extension GroupMessage {
    /// The number of nodes that are as somebody wants them: in service and Healthy, or in Standby.
    public var wantedCount: Int { healthy + standbyCount }

    /// True if the group is as it should be.
    public var isFine: Bool { holding == nil && attention == nil && (sleeping || wantedCount >= desiredCapacity) }
}

extension NodeMessage {
    /// True if the node counts: one that was replaced, and isn't well again, doesn't.
    public var counts: Bool { !isSpare || lifecycleState != .terminated }

    /// Returns whether the node is as somebody wants it.
    public func isFine(isAsleep: Bool) -> Bool {
        healthStatus == .healthy || isAsleep || lifecycleState == .standby || lifecycleState == .enteringStandby
    }

    /// The word for its state: its lifecycle state, but for one that stands by for others, `Spare`.
    public var stateWord: String {
        isSpare && healthStatus == .healthy && lifecycleState != .standby && lifecycleState != .enteringStandby
            ? "Spare" : lifecycleState.rawValue
    }
}

extension FleetView {
    /// True if all groups, and all nodes that count, are as they should be.
    public var isFine: Bool {
        groups.values.allSatisfy(\.isFine)
            && nodes.values.allSatisfy { !$0.message.counts || $0.message.isFine(isAsleep: $0.isAsleep) }
    }
}
