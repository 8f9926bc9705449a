/// A route of a route table.
public struct Route: Sendable, Hashable {
    /// A target of a route.
    public enum Target: Sendable, Hashable {
        /// An internet gateway.
        case internetGateway(Reference<InternetGateway>)
        /// A NAT gateway.
        case natGateway(Reference<NATGateway>)
        /// An instance that does the NAT gateway's work by hand.
        case instance(Reference<Instance>)
        /// Anything else: CloudFormation's property (`TransitGatewayId`), and what it holds.
        case other(property: String, value: String)
    }

    /// The destination: a block, IPv6 as well, or a prefix list.
    public var destination: String
    /// The target.
    public var target: Target
}
