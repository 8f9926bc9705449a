/// A rule of a security group.
public struct SecurityGroupRule: Sendable, Hashable {
    /// The other side.
    public enum Peer: Sendable, Hashable {
        /// A block of addresses, IPv4 or IPv6.
        case network(String)
        /// Members of a security group.
        case securityGroup(Reference<SecurityGroup>)
        /// A prefix list, such as S3's.
        case prefixList(String)
    }

    /// The protocol: `tcp`, `udp`, `icmp`, or `-1` for all.
    public var ipProtocol = "tcp"
    /// The ports; nil for all.
    public var ports: ClosedRange<Int>?
    /// The other side.
    public var peer: Peer
    /// The purpose.
    public var description = ""
}
