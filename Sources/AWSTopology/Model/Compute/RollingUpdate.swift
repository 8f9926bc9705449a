/// A rolling update (`AutoScalingRollingUpdate`). The defaults are AWS's.
public struct RollingUpdate: Sendable, Hashable {
    /// How many at a time.
    public var maxBatchSize = 1
    /// How many must be in service all the while.
    public var minInstancesInService = 0
    /// How many of a batch must say that they work, 0…100 %.
    public var minSuccessfulInstancesPercent = 100
    /// How long a batch has for that; nil for AWS's (5 min with signals, else none).
    public var pauseTime: Duration?
    /// Whether it waits for their word.
    public var waitOnResourceSignals = false
    /// What the group does not do meanwhile.
    public var suspendProcesses: [String] = []
}
