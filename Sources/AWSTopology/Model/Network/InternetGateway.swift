/// An internet gateway.
public struct InternetGateway: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::InternetGateway" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [InternetGateway]> { \.internetGateways }

    /// The logical name.
    public var name: String
    /// The VPC that it is attached to; nil for none.
    public var vpc: Reference<VPC>?
}
