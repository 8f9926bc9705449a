/// A load balancer's check of a target. The defaults are AWS's for an application load balancer.
///
/// - Source: Elastic Load Balancing User Guide, "Health checks for Application Load Balancer target groups".
public struct HealthCheck: Sendable, Hashable {
    /// `HTTP`, `HTTPS`, `TCP` or `SSL`.
    public var checkProtocol = "HTTP"
    /// The path that is asked for.
    public var path = "/"
    /// From one check to the next, 5…300 s.
    public var interval = Duration.seconds(30)
    /// The longest that an answer may take, 2…120 s.
    public var timeout = Duration.seconds(5)
    /// Good answers until healthy, 2…10.
    public var healthyThreshold = 5
    /// Bad answers until unhealthy, 2…10.
    public var unhealthyThreshold = 2
    /// The status codes that are good.
    public var matcher = "200"
}
