/// A cluster of database instances: of Aurora, whose members are instances of their own, or a Multi-AZ cluster, which
/// brings them.
public struct DatabaseCluster: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::RDS::DBCluster" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [DatabaseCluster]> { \.databaseClusters }

    /// The logical name.
    public var name: String
    /// The engine, `aurora-postgresql`.
    public var engine: String
    /// The engine's version, `16`; nil for AWS's default.
    public var engineVersion: String?
    /// The class of the instances that a Multi-AZ cluster brings; nil where they are resources of their own.
    public var instanceClass: String?
    /// The storage of a Multi-AZ cluster, in GiB; nil for Aurora's, which grows by itself.
    public var allocatedStorage: Int?
    /// True if it brings instances that stand nowhere in the file: a Multi-AZ cluster, or one without servers.
    public var bringsInstances = false
    /// The instances that the file has in it.
    public var members: [String] = []
    /// The subnet group.
    public var subnetGroup: Reference<DatabaseSubnetGroup>?
    /// The security groups.
    public var securityGroups: [Reference<SecurityGroup>] = []
    /// True if the data is encrypted at rest, false if it isn't; nil for the engine's default.
    public var storageEncrypted: Bool?
    /// The days that backups are kept; nil for AWS's default, one.
    public var backupRetentionDays: Int?
    /// True if it can't be deleted by a slip.
    public var deletionProtection = false
    /// True if the whole has a public address.
    public var publiclyAccessible = false
    /// The owner's name; nil for none.
    public var masterUsername: String?
    /// The password as the file has it; nil for none.
    public var masterUserPassword: String?
    /// True if AWS makes the password and keeps it in Secrets Manager.
    public var manageMasterUserPassword = false
    /// The fate of the data when the stack is deleted; nil for CloudFormation's default, a snapshot.
    public var deletionPolicy: String?
    /// True if it follows another cluster, or comes of a snapshot.
    public var isCopy = false
    /// The type in CloudFormation where it isn't RDS', as of DocumentDB and Neptune; nil for RDS'.
    public var otherType: String?
}
