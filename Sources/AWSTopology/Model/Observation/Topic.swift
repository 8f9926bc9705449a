/// An SNS topic, which tells people.
public struct Topic: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::SNS::Topic" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [Topic]> { \.topics }

    /// The logical name.
    public var name: String
    /// Whether it is encrypted with this key; nil for not.
    public var kmsKey: String?
}
