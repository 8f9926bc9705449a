/// A listener of a load balancer.
public struct Listener: Resource {
    /// An answer to a request.
    public enum Action: Sendable, Hashable {
        /// To a target group.
        case forward(Reference<TargetGroup>)
        /// Elsewhere: `HTTPS`, 443.
        case redirect(protocol: String, port: Int)
        /// An answer with this status.
        case fixedResponse(Int)
        /// Anything else, by CloudFormation's name.
        case other(String)
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::ElasticLoadBalancingV2::Listener" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [Listener]> { \.listeners }

    /// The logical name.
    public var name: String
    /// The load balancer that it belongs to.
    public var loadBalancer: Reference<LoadBalancer>
    /// The port.
    public var port: Int
    /// `HTTP`, `HTTPS`, `TCP`, `TLS` or `UDP`.
    public var listenerProtocol: String
    /// The TLS policy; nil for AWS's old default.
    public var sslPolicy: String?
    /// The certificates' addresses (ARN).
    public var certificates: [String] = []
    /// The answer to a request that no rule takes.
    public var defaultAction: Action
    /// The actions of its rules, in the order of the file.
    public var ruleActions: [Action] = []
}
