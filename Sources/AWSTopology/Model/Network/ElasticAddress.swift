/// An elastic IP address.
public struct ElasticAddress: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::EIP" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [ElasticAddress]> { \.elasticAddresses }

    /// The logical name.
    public var name: String
    /// The instance that it is bound to; nil for a NAT gateway's.
    public var instance: Reference<Instance>?
}
