/// A load balancer.
public struct LoadBalancer: Resource {
    /// What kind it is; the raw values are AWS's.
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

    /// Who reaches it; the raw values are AWS's.
    public enum Scheme: String, Sendable, Hashable, CaseIterable {
        /// Everyone.
        case internetFacing = "internet-facing"
        /// The VPC.
        case `internal`
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::ElasticLoadBalancingV2::LoadBalancer" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [LoadBalancer]> { \.loadBalancers }

    /// The logical name.
    public var name: String
    /// What kind it is.
    public var kind = Kind.application
    /// Who reaches it.
    public var scheme = Scheme.internetFacing
    /// One subnet per zone.
    public var subnets: [Reference<Subnet>] = []
    /// Who may reach it.
    public var securityGroups: [Reference<SecurityGroup>] = []
    /// Whether it can't be deleted by mistake.
    public var deletionProtection = false
    /// Where its access logs go; nil for nowhere.
    public var accessLogs: LogDestination?
    /// Whether each node sends to targets of every zone; nil for the kind's default (application: yes, network: no).
    public var crossZone: Bool?
    /// Whether headers that aren't valid are dropped.
    public var dropInvalidHeaderFields = false
    /// How long an idle connection is kept; nil for AWS's 60 s.
    public var idleTimeout: Duration?
    /// The health check of a classic one; the others' are their target groups'.
    public var classicHealthCheck: HealthCheck?
}
