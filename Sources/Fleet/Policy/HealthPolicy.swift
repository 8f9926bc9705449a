/// The thresholds by which a node counts as healthy, in the words and meaning of a load balancer's target group.
///
/// - Source: AWS, Elastic Load Balancing: "Health checks for your target groups"; EC2 Auto Scaling: "Set the health check
///   grace period", "Set the default instance warmup".
public struct HealthPolicy: Sendable, Hashable {
    /// The time between two checks of a node.
    public var interval = Duration.seconds(10)
    /// The longest that an answer may take.
    public var timeout = Duration.seconds(5)
    /// The number of checks in a row that must pass before a node counts as Healthy.
    public var healthyThreshold = 2
    /// The number of checks in a row that must fail before a node counts as Unhealthy.
    public var unhealthyThreshold = 3
    /// The time after it came InService for which a node's failures don't count.
    public var healthCheckGracePeriod = Duration.seconds(30)
    /// The time after it came InService for which an updated node counts as not yet there.
    public var defaultInstanceWarmup = Duration.seconds(10)
    /// The number of reports missed in a row from which on a node fails its check, though it answers.
    public var missedReports = 3
    /// The number of unasked starts of the agent within ten minutes from which on a node fails its check.
    public var restartLimit = 4

    /// The defaults.
    public init() {}

    /// The time from a failure until a node that doesn't answer counts as Unhealthy: longer than (unhealthyThreshold −
    /// 1) × interval + timeout, at most unhealthyThreshold × interval + timeout.
    ///
    /// The first check that fails begins within an interval after the failure; the last of them fails a timeout after its
    /// beginning. A check answered just before the failure adds nothing, one on its way takes a round trip off.
    public var detectionTime: ClosedRange<Duration> {
        interval * (unhealthyThreshold - 1) + timeout...interval * unhealthyThreshold + timeout
    }
}
