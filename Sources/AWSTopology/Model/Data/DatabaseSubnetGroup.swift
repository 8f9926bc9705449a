/// The subnets that a database and its standby may lie in.
public struct DatabaseSubnetGroup: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::RDS::DBSubnetGroup" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [DatabaseSubnetGroup]> { \.databaseSubnetGroups }

    /// The logical name.
    public var name: String
    /// What it is for.
    public var description = ""
    /// One subnet per zone.
    public var subnets: [Reference<Subnet>] = []
}
