/// An Auto Scaling group.
public struct AutoScalingGroup: Resource {
    /// Whose word on an instance's health counts; the raw values are AWS's.
    public enum HealthCheckType: String, Sendable, Hashable, CaseIterable {
        /// Only the instance's own status checks, which say no more than that it runs.
        case ec2 = "EC2"
        /// The load balancer's as well.
        case elb = "ELB"
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::AutoScaling::AutoScalingGroup" }
    /// Where a topology keeps them.
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
    /// What instances are made from.
    public var launchTemplate: Reference<LaunchTemplate>?
    /// The launch configuration of an old group, which AWS no longer develops.
    public var launchConfiguration: String?
    /// Other instance types to choose from; nil for the launch template's only.
    public var mixedInstances: MixedInstancesPolicy?
    /// Where instances register.
    public var targetGroups: [Reference<TargetGroup>] = []
    /// Classic load balancers where instances register.
    public var classicLoadBalancers: [Reference<LoadBalancer>] = []
    /// Whose word on health counts.
    public var healthCheckType = HealthCheckType.ec2
    /// How long a new instance may be unhealthy without being replaced; nil for AWS's 0 s.
    public var healthCheckGracePeriod: Duration?
    /// How long until a new instance counts in metrics and updates; nil for none said.
    public var defaultInstanceWarmup: Duration?
    /// After this long an instance is replaced; nil for never.
    public var maxInstanceLifetime: Duration?
    /// How instances are replaced when their launch template changes; nil for not at all.
    public var updatePolicy: UpdatePolicy?
    /// How many success signals creation waits for; nil for none.
    public var creationSignals: CreationSignals?
}
