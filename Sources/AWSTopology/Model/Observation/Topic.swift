/// An SNS topic, which tells people.
public struct Topic: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::SNS::Topic" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [Topic]> { \.topics }

    /// The logical name.
    public var name: String
    /// The key that it is encrypted with; nil for none.
    public var kmsKey: String?
}
