/// An interface endpoint: an AWS service at an address in each of its subnets.
public struct InterfaceEndpoint: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::VPCEndpoint" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [InterfaceEndpoint]> { \.interfaceEndpoints }

    /// The logical name.
    public var name: String
    /// The VPC that it serves.
    public var vpc: Reference<VPC>
    /// The service without `com.amazonaws.<region>.`: `sqs`, `ssm`.
    public var service: String
    /// One subnet per zone.
    public var subnets: [Reference<Subnet>] = []
    /// The security groups that say who may reach it.
    public var securityGroups: [Reference<SecurityGroup>] = []
    /// True if the service's usual name leads to it.
    public var privateDnsEnabled = false
    /// The policy on what may be done through it; nil for everything.
    public var policy: PolicyDocument?
}
