/// An RDS database instance.
public struct DatabaseInstance: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::RDS::DBInstance" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [DatabaseInstance]> { \.databaseInstances }

    /// The logical name.
    public var name: String
    /// `postgres`
    public var engine: String
    /// `17`
    public var engineVersion: String?
    /// `db.t4g.small`; nil where unknown.
    public var instanceClass: String?
    /// In GiB.
    public var allocatedStorage: Int?
    /// True if a synchronous standby waits in another zone.
    public var multiAZ = false
    /// Its zone, for one that isn't Multi-AZ; nil for AWS's choice.
    public var zone: AvailabilityZone?
    /// The subnets in which it and its standby may lie; nil for the default VPC.
    public var subnetGroup: Reference<DatabaseSubnetGroup>?
    /// The security groups that say who may reach it.
    public var securityGroups: [Reference<SecurityGroup>] = []
    /// True if it has a public address.
    public var publiclyAccessible = false
    /// True if it is encrypted at rest.
    public var storageEncrypted = false
    /// The time for which backups are kept, 0…35 days; 0 is none at all, nil is AWS's 1.
    public var backupRetentionDays: Int?
    /// True if it can't be deleted by mistake.
    public var deletionProtection = false
    /// The policy for when the stack goes: `Delete`, `Retain` or `Snapshot`; nil for AWS's (`Snapshot`).
    public var deletionPolicy: String?
    /// Its owner.
    public var masterUsername: String?
    /// The password where the file itself says it, or the parameter or secret that it is read from; nil for a managed one.
    public var masterUserPassword: String?
    /// True if AWS makes, keeps and changes the password.
    public var manageMasterUserPassword = false
    /// True if a role's token serves as password.
    public var iamAuthentication = false
    /// Logs that go to CloudWatch.
    public var cloudWatchLogsExports: [String] = []
    /// True if minor versions come by themselves.
    public var autoMinorVersionUpgrade = true
    /// True if connections without TLS are refused.
    public var requiresTLS = false
    /// True if Performance Insights are kept.
    public var performanceInsights = false
    /// From one enhanced metric to the next; nil for none.
    public var monitoringInterval: Duration?
    /// The role that enhanced metrics are written with.
    public var monitoringRole: Reference<Role>?
    /// The instance that this is a read replica of; nil for none.
    public var replicaOf: Reference<DatabaseInstance>?
    /// The cluster that it is a member of; nil for none.
    public var cluster: Reference<DatabaseCluster>?
}
