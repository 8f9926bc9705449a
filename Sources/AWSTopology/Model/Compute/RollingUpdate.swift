/// A rolling update (`AutoScalingRollingUpdate`). The defaults are AWS's.
public struct RollingUpdate: Sendable, Hashable {
    /// The number of instances that are replaced at a time.
    public var maxBatchSize = 1
    /// The number of instances that must be in service all the while.
    public var minInstancesInService = 0
    /// The share of a batch that must say that it works, 0…100 %.
    public var minSuccessfulInstancesPercent = 100
    /// The time that a batch has for that; nil for AWS's (5 min with signals, else none).
    public var pauseTime: Duration?
    /// True if the update waits for the instances' word.
    public var waitOnResourceSignals = false
    /// The processes that the group does not do meanwhile.
    public var suspendProcesses: [String] = []
}
