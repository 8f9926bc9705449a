/// A virtual private cloud.
public struct VPC: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::VPC" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [VPC]> { \.vpcs }

    /// The logical name.
    public var name: String
    /// Its block, /16 to /28; nil where unknown.
    public var network: IPv4Network?
    /// True if names resolve inside.
    public var enableDnsSupport = true
    /// True if instances get names; interface endpoints need it for private DNS.
    public var enableDnsHostnames = false
    /// Its further blocks.
    public var secondaryNetworks: [IPv4Network] = []
    /// Its block of IPv6 addresses, or `amazon` for one that AWS gives; nil for none.
    public var ipv6Network: String?

    /// All of its IPv4 blocks that are known, the first one first.
    public var networks: [IPv4Network] { (network.map { [$0] } ?? []) + secondaryNetworks }
}
