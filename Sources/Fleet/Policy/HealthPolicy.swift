/// When a node counts as healthy: the words and meaning of a load balancer's target group.
///
/// - Source: AWS, Elastic Load Balancing: "Health checks for your target groups"; EC2 Auto Scaling: "Set the health check
///   grace period", "Set the default instance warmup".
public struct HealthPolicy: Sendable, Hashable {
    /// How often a node is checked.
    public var interval = Duration.seconds(10)
    /// How long an answer may take.
    public var timeout = Duration.seconds(5)
    /// How many checks in a row must pass before a node counts as Healthy.
    public var healthyThreshold = 2
    /// How many checks in a row must fail before a node counts as Unhealthy.
    public var unhealthyThreshold = 3
    /// How long after it came InService a node's failures don't count.
    public var healthCheckGracePeriod = Duration.seconds(30)
    /// How long after it came InService an updated node counts as not yet there.
    public var defaultInstanceWarmup = Duration.seconds(10)
    /// From how many reports missed in a row on a node fails its check, though it answers.
    public var missedReports = 3
    /// From how many starts of the agent within ten minutes on, that nobody asked for, a node fails its check.
    public var restartLimit = 4

    /// The defaults.
    public init() {}

    /// How long after a failure a node that doesn't answer counts as Unhealthy:
    /// longer than (unhealthyThreshold − 1) × interval + timeout, at most unhealthyThreshold × interval + timeout.
    ///
    /// The first check that fails begins within an interval after the failure; the last of them fails a timeout after its
    /// beginning. A check answered just before the failure adds nothing, one on its way takes a round trip off.
    public var detectionTime: ClosedRange<Duration> {
        interval * (unhealthyThreshold - 1) + timeout...interval * unhealthyThreshold + timeout
    }
}
