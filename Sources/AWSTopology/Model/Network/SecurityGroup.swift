/// A security group.
public struct SecurityGroup: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::SecurityGroup" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [SecurityGroup]> { \.securityGroups }

    /// The logical name.
    public var name: String
    /// The VPC that it is a part of.
    public var vpc: Reference<VPC>?
    /// What it is for.
    public var description: String
    /// What may come in.
    public var ingress: [SecurityGroupRule] = []
    /// What may go out; nil for everything, as AWS has it where nothing is said.
    public var egress: [SecurityGroupRule]?
}
