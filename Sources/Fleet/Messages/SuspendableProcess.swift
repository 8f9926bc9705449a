/// A task that the fleet agent does for a group unless an operator suspends it.
public enum SuspendableProcess: String, Codable, Sendable, Hashable, CaseIterable, Comparable {
    /// Marking nodes Unhealthy.
    case healthCheck = "HealthCheck"
    /// Replacing nodes that are Unhealthy.
    case replaceUnhealthy = "ReplaceUnhealthy"
    /// Sleeping and waking by the clock.
    case scheduledActions = "ScheduledActions"
    /// Beginning further updates of an instance refresh.
    case instanceRefresh = "InstanceRefresh"

    /// By name.
    public static func < (a: SuspendableProcess, b: SuspendableProcess) -> Bool { a.rawValue < b.rawValue }
}
