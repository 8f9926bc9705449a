/// One step of a migration.
public struct MigrationStep: Sendable, Hashable {
    /// An action of a step.
    public enum Action: Sendable, Hashable {
        /// The stack is updated to the step's state.
        case stackUpdate
        /// A database is rebooted with failover.
        case failover(Reference<DatabaseInstance>)
    }

    /// The step, in a few words.
    public var title: String
    /// The reason.
    public var why: String
    /// The action.
    public var action: Action
    /// The checks before it.
    public var preconditions: [Check]
    /// The checks after it.
    public var checks: [Check]
    /// The time that it takes.
    public var duration: TimeSpread
    /// The time for which the service, or a part of it, is away; nil for none.
    public var interruption: String?
    /// The way back.
    public var wayBack: String
    /// The changes of the update; empty for a command.
    public var changes: [StackChange]
    /// The topology afterwards.
    public var state: Topology
    /// The places of the databases afterwards.
    public var placements: [DatabasePlacement]
    /// The consequences of each zone's loss while this stands.
    public var exposure: [Exposure]
    /// The findings of lint in the state that it didn't have before the migration.
    public var findings: [String]

    /// Something that a person can see to hold.
    public struct Check: Sendable, Hashable {
        /// The condition that must hold.
        public var what: String
        /// The command that shows it; nil for none.
        public var command: String?
    }

    /// The consequence of one zone's loss while the step's state stands.
    public struct Exposure: Sendable, Hashable {
        /// The zone.
        public var zone: AvailabilityZone
        /// The resources that would be down or cut off, and wouldn't have been before the migration.
        public var down: [String]
        /// The least share of any group's instances that would be left, 0…1.
        public var capacityLeft: Double
        /// The time until all groups would be whole again, in seconds, in half of the trials; nil for not before the
        /// zone is back.
        public var wholeAgain: Double?
    }
}
