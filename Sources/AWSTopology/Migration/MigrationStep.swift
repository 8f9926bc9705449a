/// One step of a migration.
public struct MigrationStep: Sendable, Hashable {
    /// What is done.
    public enum Action: Sendable, Hashable {
        /// The stack is updated to the step's state.
        case stackUpdate
        /// A database is rebooted with failover.
        case failover(Reference<DatabaseInstance>)
    }

    /// What it does, in a few words.
    public var title: String
    /// Why.
    public var why: String
    /// How.
    public var action: Action
    /// What must hold before.
    public var preconditions: [Check]
    /// What must hold after.
    public var checks: [Check]
    /// How long it takes.
    public var duration: TimeSpread
    /// How long the service is away, or a part of it; nil for not at all.
    public var interruption: String?
    /// How to go back.
    public var wayBack: String
    /// What the update changes; empty for a command.
    public var changes: [StackChange]
    /// What stands afterwards.
    public var state: Topology
    /// Where the databases then lie.
    public var placements: [DatabasePlacement]
    /// What the loss of each zone would mean while this stands.
    public var exposure: [Exposure]
    /// What the lint says of the state and didn't say before the migration.
    public var findings: [String]

    /// Something that a person can see to hold.
    public struct Check: Sendable, Hashable {
        /// What must hold.
        public var what: String
        /// The command that shows it; nil for none.
        public var command: String?
    }

    /// What the loss of one zone would mean while the step's state stands.
    public struct Exposure: Sendable, Hashable {
        /// The zone.
        public var zone: AvailabilityZone
        /// What would be down or cut off, and wouldn't have been before the migration.
        public var down: [String]
        /// The least share of any group's instances that would be left, 0…1.
        public var capacityLeft: Double
        /// When all groups would be whole again, in seconds, in half of the trials; nil for not before the zone is back.
        public var wholeAgain: Double?
    }
}
