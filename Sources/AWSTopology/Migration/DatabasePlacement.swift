/// The place of a database at the moment: AWS chooses it, within the subnet group.
public struct DatabasePlacement: Sendable, Hashable {
    /// The database.
    public var database: Reference<DatabaseInstance>
    /// The zone of the primary.
    public var primary: AvailabilityZone
    /// The zone of the synchronous standby; nil for none.
    public var standby: AvailabilityZone?

    /// A placement.
    public init(_ database: Reference<DatabaseInstance>, primary: AvailabilityZone, standby: AvailabilityZone? = nil) {
        self.database = database
        self.primary = primary
        self.standby = standby
    }

    /// The places in which the databases of a topology are taken to lie: the primary in the first zone of the subnet
    /// group, which is the most work to move, the standby in the second.
    public static func assumed(in topology: Topology) -> [DatabasePlacement] {
        topology.databaseInstances.compactMap { database in
            let zones = topology.zones(of: database.subnetGroup.flatMap { topology[$0]?.subnets } ?? [])
            guard let primary = (database.multiAZ ? nil : database.zone) ?? zones.first else { return nil }
            let standby = database.multiAZ ? zones.first { $0 != primary } : nil
            return DatabasePlacement(database.reference, primary: primary, standby: standby)
        }
    }
}
