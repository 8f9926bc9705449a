/// A target tracking policy: a group grows and shrinks to keep a metric at a value.
public struct ScalingPolicy: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::AutoScaling::ScalingPolicy" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [ScalingPolicy]> { \.scalingPolicies }

    /// The logical name.
    public var name: String
    /// The group whose size it sets.
    public var group: Reference<AutoScalingGroup>
    /// The predefined metric.
    public var metric = "ASGAverageCPUUtilization"
    /// Its value, percent for CPU.
    public var targetValue: Double
}
