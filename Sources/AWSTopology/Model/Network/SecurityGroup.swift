/// A security group.
public struct SecurityGroup: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::EC2::SecurityGroup" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [SecurityGroup]> { \.securityGroups }

    /// The logical name.
    public var name: String
    /// The VPC that it is a part of.
    public var vpc: Reference<VPC>?
    /// The purpose, for people.
    public var description: String
    /// The rules for what may come in.
    public var ingress: [SecurityGroupRule] = []
    /// The rules for what may go out; nil for everything, as AWS has it where nothing is said.
    public var egress: [SecurityGroupRule]?
}
