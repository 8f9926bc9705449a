package import Lighting
internal import Mesh

extension FleetCore {
    /// Checks what must hold of a fleet agent after every event, whatever was said to it. The simulator and the fuzz tests
    /// ask.
    ///
    /// - Returns: what doesn't hold, the first that was found; nil: all does.
    package func checkInvariants(at now: MeshInstant) -> String? {
        if !actions.isEmpty { return "\(actions.count) actions were left over" }
        if groups.count > FleetCore.maximumZones { return "\(groups.count) groups are known" }
        // Who doesn't lead takes up what the leader says, and keeps no lists.
        guard isActing(at: now) else { return nil }
        if !dirtyNodes.isEmpty || !dirtyGroups.isEmpty {
            return "records have changed, and nobody was told: \((dirtyNodes.union(dirtyGroups)).sorted())"
        }
        if let node = nodes.first(where: { $0.value.message.healthStatus == .unhealthy && !unhealthy.contains($0.key) })
        {
            return "\(node.key) is Unhealthy, and not on the list of those"
        }
        return checkActivities()
    }

    /// What a leader does about nodes.
    private func checkActivities() -> String? {
        var open: [String: Activity] = [:]
        var busy: Set<String> = []
        for group in groups.values {
            for activity in group.message.activities where activity.isOpen {
                open[activity.id] = activity
                for node in [activity.node, activity.spare].compactMap({ $0 }) where !busy.insert(node).inserted {
                    return "two things are done to \(node) at once"
                }
            }
        }
        if let id = booted.first(where: { open[$0] == nil }) { return "\(id) is over, and its boot is remembered" }
        if let id = stepDue.keys.first(where: { open[$0] == nil }) { return "\(id) is over, and has a time to end" }
        return nil
    }
}
