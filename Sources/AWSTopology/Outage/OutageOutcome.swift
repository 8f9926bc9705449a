/// The outcome of a simulation.
public struct OutageOutcome: Sendable, Hashable {
    /// A group's way back. Times are after the loss; the distributions are nil where it has nothing in the zone.
    public struct Group: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The number of instances that it means to have.
        public var instances: Int
        /// The number of zones that it spans.
        public var zones: Int
        /// No request goes to a lost instance or node any more.
        public var unsent: OutageDistribution?
        /// Auto Scaling replaces all that is lost.
        public var noticed: OutageDistribution?
        /// All replacements take requests.
        public var replaced: OutageDistribution?
        /// All replacements are warm.
        public var settled: OutageDistribution?
        /// The mean number of instances that are lost.
        public var meanLost = 0.0
        /// The number of replacements per lost instance that are taken down before they are ready, for want of a grace
        /// period.
        public var restarts = 0.0
        /// The share in service every 10 s from the loss on, in the mean.
        public var curve: [Double] = []
    }

    /// A fleet of like groups.
    public struct Fleet: Sendable, Hashable {
        /// Its exact figures.
        public var spread: InstanceSpread
        /// The number of groups that had nothing in the zone.
        public var untouched: OutageDistribution
        /// The number of instances that were lost.
        public var lost: OutageDistribution
        /// The time until the last of them was replaced, in seconds.
        public var replaced: OutageDistribution
    }

    /// A database's state over time.
    public struct Database: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The number of zones that its subnet group spans.
        public var zones: Int
        /// The share of trials (0…1) every 10 minutes from the loss on in which it answers and has a synchronous standby.
        public var protected: [Double] = []
        /// The share in which it answers without one.
        public var alone: [Double] = []
        /// The time for which it doesn't answer, in seconds.
        public var outage: OutageDistribution
        /// The time for which it has no synchronous standby, in seconds.
        public var window: OutageDistribution

        /// The share in which it doesn't answer.
        public var down: [Double] { zip(protected, alone).map { max(0, 1 - $0 - $1) } }
    }

    /// The number of zones.
    public var zones: Int
    /// The groups.
    public var groups: [Group]
    /// The fleet.
    public var fleet: Fleet
    /// The databases.
    public var databases: [Database]
}
