/// The way in which a stack update replaces a group's instances.
public enum UpdatePolicy: Sendable, Hashable {
    /// A few at a time.
    case rollingUpdate(RollingUpdate)
    /// A new group beside the old one (`AutoScalingReplacingUpdate`).
    case replacingUpdate
    /// By an instance refresh of the group itself (`AutoScalingInstanceRefresh`), which waits for health checks.
    case instanceRefresh
}
