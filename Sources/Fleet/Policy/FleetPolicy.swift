/// What the fleet's file says.
public struct FleetPolicy: Sendable, Hashable {
    /// When a node counts as healthy.
    public var health = HealthPolicy()
    /// How each check is judged.
    public var checks = CheckRule.defaults
    /// How failing nodes are replaced.
    public var replacement = ReplacementPolicy()
    /// The spares, each with the places that it can stand in for (`stair-03` or `stair-03/bar`); nil: any.
    public var spares: [String: [String]?] = [:]
    /// What groups do by the clock.
    public var scheduledActions: [ScheduledAction] = []
    /// How long leadership lasts without a sign of life.
    public var lease = Duration.seconds(6)
    /// How late its own message may come back before the agent's view counts as poor.
    public var echoLimit = Duration.seconds(2)
    /// How long the broker's own messages ($SYS) may be missing before the agent's view counts as poor.
    public var systemSilence = Duration.seconds(35)

    /// The defaults.
    public init() {}

    /// How often the agent says that it is there.
    var beat: Duration { lease / 3 }
}
