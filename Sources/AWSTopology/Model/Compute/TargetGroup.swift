/// A target group: what a listener forwards to, and how its health is checked.
public struct TargetGroup: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::ElasticLoadBalancingV2::TargetGroup" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [TargetGroup]> { \.targetGroups }

    /// The logical name.
    public var name: String
    /// The VPC that its targets are in.
    public var vpc: Reference<VPC>?
    /// The port of the targets.
    public var port: Int
    /// `HTTP`, `HTTPS`, `TCP` or `TLS`.
    public var targetProtocol = "HTTP"
    /// `instance`, `ip`, `lambda` or `alb`.
    public var targetType = "instance"
    /// The check by which a target proves that it does its work.
    public var healthCheck = HealthCheck()
    /// The time for which a target that leaves may finish its requests; nil for AWS's 300 s.
    public var deregistrationDelay: Duration?
}
