/// An instance by itself, in no group: nobody replaces it.
public struct Instance: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::Instance" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [Instance]> { \.instances }

    /// The logical name.
    public var name: String
    /// The subnet; nil where unknown.
    public var subnet: Reference<Subnet>?
    /// The settings.
    public var settings = InstanceSettings()
}
