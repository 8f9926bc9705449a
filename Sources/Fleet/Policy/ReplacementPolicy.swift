/// The limits within which failing nodes are replaced.
public struct ReplacementPolicy: Sendable, Hashable {
    /// The share of a group that may wait for health at a time; at least one node.
    public var maximumShare = 0.1
    /// From this share of a group silent on, nothing in it is replaced.
    ///
    /// - Source: Kubernetes' node controller, `--unhealthy-zone-threshold` 0.55.
    public var silentShare = 0.55
    /// From this share of a group (and three nodes) on that fell silent together, nothing of them is replaced.
    public var togetherShare = 0.25
    /// The time for which a node must have been silent, beyond the detection time, before its place is given away: who
    /// sends a restart to a node that doesn't answer only waits, and a network or a supply may come back.
    public var silentDelay = Duration.seconds(60)
    /// The longest that a new boot id may be awaited after the agent was asked to restart.
    public var restartTimeout = Duration.seconds(30)
    /// The longest that a new boot id may be awaited after the node was asked to reboot.
    public var rebootTimeout = Duration.seconds(120)
    /// The longest that a spare may take to have its new places in force and to be Healthy.
    public var spareTimeout = Duration.seconds(90)
    /// The longest that a new boot id and version may be awaited after a node was asked to update.
    public var updateTimeout = Duration.seconds(300)
    /// The time for which a node must have been Healthy before it has the places back that bear its name, twice as long
    /// with each time that it was replaced within a day; nil: never.
    public var giveBackDelay: Duration? = .seconds(600)
    /// The time after a step of the ladder within which a node that fails again goes on to the next step.
    public var relapse = Duration.seconds(600)
    /// The time of holding back after which a person is asked for.
    public var escalation = Duration.seconds(900)

    /// The defaults.
    public init() {}

    /// Returns the number of a group's nodes that may wait for health at a time, at least 1.
    public func limit(of count: Int) -> Int { max(1, Int(Double(count) * maximumShare)) }
}
