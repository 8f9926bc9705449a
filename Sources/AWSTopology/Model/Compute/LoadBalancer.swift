/// A load balancer.
public struct LoadBalancer: Resource {
    /// A kind of load balancer; the raw values are AWS's.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Layer 7.
        case application
        /// Layer 4.
        case network
        /// For appliances.
        case gateway
        /// The first generation (AWS::ElasticLoadBalancing::LoadBalancer).
        case classic
    }

    /// The reach of a load balancer; the raw values are AWS's.
    public enum Scheme: String, Sendable, Hashable, CaseIterable {
        /// Everyone.
        case internetFacing = "internet-facing"
        /// The VPC.
        case `internal`
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::ElasticLoadBalancingV2::LoadBalancer" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [LoadBalancer]> { \.loadBalancers }

    /// The logical name.
    public var name: String
    /// The kind.
    public var kind = Kind.application
    /// The reach.
    public var scheme = Scheme.internetFacing
    /// One subnet per zone.
    public var subnets: [Reference<Subnet>] = []
    /// The security groups that say who may reach it.
    public var securityGroups: [Reference<SecurityGroup>] = []
    /// True if it can't be deleted by mistake.
    public var deletionProtection = false
    /// The bucket that its access logs go to; nil for none.
    public var accessLogs: LogDestination?
    /// True if each node sends to targets of every zone; nil for the kind's default (application: yes, network: no).
    public var crossZone: Bool?
    /// True if headers that aren't valid are dropped.
    public var dropInvalidHeaderFields = false
    /// The time for which an idle connection is kept; nil for AWS's 60 s.
    public var idleTimeout: Duration?
    /// The health check of a classic one; the others' are their target groups'.
    public var classicHealthCheck: HealthCheck?
}
