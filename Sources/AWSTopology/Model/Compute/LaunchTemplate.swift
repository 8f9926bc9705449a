/// A launch template: what instances of a group are made from.
public struct LaunchTemplate: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::LaunchTemplate" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [LaunchTemplate]> { \.launchTemplates }

    /// The logical name.
    public var name: String
    /// What its instances are like.
    public var settings = InstanceSettings()
}
