/// An instance by itself, in no group: nobody replaces it.
public struct Instance: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::Instance" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [Instance]> { \.instances }

    /// The logical name.
    public var name: String
    /// Where it lies; nil where unknown.
    public var subnet: Reference<Subnet>?
    /// What it is like.
    public var settings = InstanceSettings()
}
