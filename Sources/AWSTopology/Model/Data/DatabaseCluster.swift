/// A cluster of database instances, of Aurora or its like: read from templates and plans, never written.
public struct DatabaseCluster: Sendable, Hashable {
    /// The logical name.
    public var name: String
    /// The engine, `aurora-postgresql`.
    public var engine: String
    /// True if it brings instances that stand nowhere in the file: a Multi-AZ cluster, or one without servers.
    public var bringsInstances = false
    /// The instances that the file has in it.
    public var members: [String] = []
    /// The subnet group.
    public var subnetGroup: Reference<DatabaseSubnetGroup>?
    /// True if the data is encrypted at rest, false if it isn't; nil for the engine's default.
    public var storageEncrypted: Bool?
    /// True if it can't be deleted by a slip.
    public var deletionProtection = false
    /// True if the whole has a public address.
    public var publiclyAccessible = false
    /// The password as the file has it; nil for none.
    public var masterUserPassword: String?
    /// The fate of the data when the stack is deleted; nil for CloudFormation's default, a snapshot.
    public var deletionPolicy: String?
    /// True if it follows another cluster, or comes of a snapshot.
    public var isCopy = false
}
