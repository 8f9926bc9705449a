/// A launch template: what instances of a group are made from.
public struct LaunchTemplate: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::LaunchTemplate" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [LaunchTemplate]> { \.launchTemplates }

    /// The logical name.
    public var name: String
    /// The settings of its instances.
    public var settings = InstanceSettings()
}
