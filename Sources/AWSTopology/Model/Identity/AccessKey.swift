/// A stored key of a user: what roles are there to avoid.
public struct AccessKey: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::IAM::AccessKey" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [AccessKey]> { \.accessKeys }

    /// The logical name.
    public var name: String
    /// Whose key.
    public var user: String
}
