/// An Auto Scaling group.
public struct AutoScalingGroup: Resource {
    /// The source of an instance's health; the raw values are AWS's.
    public enum HealthCheckType: String, Sendable, Hashable, CaseIterable {
        /// Only the instance's own status checks, which say no more than that it runs.
        case ec2 = "EC2"
        /// The load balancer's as well.
        case elb = "ELB"
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::AutoScaling::AutoScalingGroup" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [AutoScalingGroup]> { \.autoScalingGroups }

    /// The logical name.
    public var name: String
    /// One subnet per zone.
    public var subnets: [Reference<Subnet>] = []
    /// The least number of instances; nil where unknown.
    public var minSize: Int?
    /// The greatest number of instances; nil where unknown.
    public var maxSize: Int?
    /// The number of instances to begin with; nil for ``minSize``.
    public var desiredCapacity: Int?
    /// The template that instances are made from.
    public var launchTemplate: Reference<LaunchTemplate>?
    /// The launch configuration of an old group, which AWS no longer develops.
    public var launchConfiguration: String?
    /// Other instance types to choose from; nil for the launch template's only.
    public var mixedInstances: MixedInstancesPolicy?
    /// The target groups that instances register with.
    public var targetGroups: [Reference<TargetGroup>] = []
    /// Classic load balancers where instances register.
    public var classicLoadBalancers: [Reference<LoadBalancer>] = []
    /// The source of an instance's health.
    public var healthCheckType = HealthCheckType.ec2
    /// The time for which a new instance may be unhealthy without being replaced; nil for AWS's 0 s.
    public var healthCheckGracePeriod: Duration?
    /// The time until a new instance counts in metrics and updates; nil for none said.
    public var defaultInstanceWarmup: Duration?
    /// After this long an instance is replaced; nil for never.
    public var maxInstanceLifetime: Duration?
    /// The way in which instances are replaced when their launch template changes; nil for not at all.
    public var updatePolicy: UpdatePolicy?
    /// The way in which capacity is spread over zones where one is impaired, `balanced-only`; nil for AWS's default.
    public var distribution: String?
    /// The success signals that creation waits for; nil for none.
    public var creationSignals: CreationSignals?
}
