/// A NAT gateway. Its zone is its subnet's.
public struct NATGateway: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::NatGateway" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [NATGateway]> { \.natGateways }

    /// The logical name.
    public var name: String
    /// The public subnet that it lies in.
    public var subnet: Reference<Subnet>
    /// Its address; nil for a private NAT gateway.
    public var elasticAddress: Reference<ElasticAddress>?
    /// True if it is a regional one, which lies in no subnet.
    public var isRegional = false
    /// The zones of a regional one that are set by hand; nil for one that follows its VPC by itself.
    public var manualZones: [AvailabilityZone]?
    /// The VPC of a regional one; nil for one that lies in a subnet.
    public var vpc: Reference<VPC>?
}
