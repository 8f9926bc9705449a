/// A gateway endpoint: S3 or DynamoDB by a route, free of charge.
public struct GatewayEndpoint: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::VPCEndpoint" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [GatewayEndpoint]> { \.gatewayEndpoints }

    /// The logical name.
    public var name: String
    /// The VPC that it serves.
    public var vpc: Reference<VPC>
    /// The service without `com.amazonaws.<region>.`: `s3`, `dynamodb`.
    public var service: String
    /// The route tables that lead to it.
    public var routeTables: [Reference<RouteTable>] = []
    /// The policy on what may be done through it; nil for everything.
    public var policy: PolicyDocument?
}
