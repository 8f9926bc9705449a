/// A subnet: a block of its VPC in one zone.
public struct Subnet: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::Subnet" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [Subnet]> { \.subnets }

    /// The logical name.
    public var name: String
    /// The VPC that it is a part of.
    public var vpc: Reference<VPC>
    /// Its block, /16 to /28; nil where unknown.
    public var network: IPv4Network?
    /// Its zone; nil where unknown, or left to AWS.
    public var zone: AvailabilityZone?
    /// The tier that it belongs to (a tag); nil for none.
    public var tier: String?
    /// The route table that it is associated with; nil for the VPC's main one.
    public var routeTable: Reference<RouteTable>?
    /// True if instances started here get a public address.
    public var mapPublicIpOnLaunch = false
    /// True if it is no place for what any subnet could hold: of an Outpost or a Local Zone, or a gateway's own.
    public var isSetAside = false
    /// Its block of IPv6 addresses, in CloudFormation's words where they are cut from the VPC's; nil for none.
    public var ipv6Network: String?
}
