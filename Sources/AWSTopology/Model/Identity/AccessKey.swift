/// A stored key of a user: what roles are there to avoid.
public struct AccessKey: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::IAM::AccessKey" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [AccessKey]> { \.accessKeys }

    /// The logical name.
    public var name: String
    /// The user whose key it is.
    public var user: String
}
