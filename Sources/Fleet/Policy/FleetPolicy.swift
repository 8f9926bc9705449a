public import Mesh

/// The policy of a fleet, from the fleet's file.
public struct FleetPolicy: Sendable, Hashable {
    /// The thresholds by which a node counts as healthy.
    public var health = HealthPolicy()
    /// The rules by which each check is judged.
    public var checks = CheckRule.defaults
    /// The limits within which failing nodes are replaced.
    public var replacement = ReplacementPolicy()
    /// The spares, each with the places that it can stand in for (`stair-03` or `stair-03/bar`); nil: any.
    public var spares: [String: [String]?] = [:]
    /// The actions that groups do by the clock.
    public var scheduledActions: [ScheduledAction] = []
    /// The time for which leadership lasts without a sign of life.
    public var lease = Duration.seconds(6)
    /// The longest that its own message may take to come back before the agent's view counts as poor.
    public var echoLimit = Duration.seconds(2)
    /// The longest that the broker's own messages ($SYS) may be missing before the agent's view counts as poor.
    public var systemSilence = Duration.seconds(35)

    /// The defaults.
    public init() {}

    /// How often the agent says that it is there.
    var beat: Duration { lease / 3 }
}
