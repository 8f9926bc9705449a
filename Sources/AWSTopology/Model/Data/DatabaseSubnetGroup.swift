/// The subnets that a database and its standby may lie in.
public struct DatabaseSubnetGroup: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::RDS::DBSubnetGroup" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [DatabaseSubnetGroup]> { \.databaseSubnetGroups }

    /// The logical name.
    public var name: String
    /// The purpose, for people.
    public var description = ""
    /// One subnet per zone.
    public var subnets: [Reference<Subnet>] = []
}
