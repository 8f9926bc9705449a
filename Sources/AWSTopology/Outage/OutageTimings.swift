/// The times and rates that an outage is simulated with. Some are AWS's word; the others are assumptions, and say so.
public struct OutageTimings: Sendable, Hashable {
    /// One of them as people read it.
    public struct Note: Sendable, Hashable {
        /// The quantity.
        public var what: String
        /// The value.
        public var value: String
        /// The source.
        public var source: String
    }

    /// The time until clients stop using the addresses of a load balancer's node that is gone.
    ///
    /// - Source: Elastic Load Balancing User Guide, "How Elastic Load Balancing works": names live for 60 s.
    public var nameExpiry = TimeSpread(.zero, .seconds(60))
    /// From a target's being unhealthy to Auto Scaling's acting on it.
    ///
    /// - Source: An assumption; AWS says only "periodically".
    public var autoScalingPoll = TimeSpread(.zero, .seconds(60))
    /// From the loss to Auto Scaling's acting on EC2's own status checks, for a group without ELB health checks.
    ///
    /// - Source: An assumption: status checks run every minute, and Auto Scaling waits some minutes for an impaired
    ///   instance to come back.
    public var statusCheck = TimeSpread(.seconds(60), likeliest: .seconds(180), .seconds(300))
    /// From asking for an instance to its running.
    ///
    /// - Source: An assumption.
    public var instanceLaunch = TimeSpread(.seconds(5), likeliest: .seconds(15), .seconds(60))
    /// From running to the program's answering.
    ///
    /// - Source: An assumption for an image that only has to boot.
    public var instanceBoot = TimeSpread(.seconds(15), likeliest: .seconds(30), .seconds(90))
    /// From a launch that found no capacity to the next attempt.
    ///
    /// - Source: An assumption.
    public var capacityRetry = TimeSpread(.seconds(30), .seconds(300))
    /// The share of its load that a zone can take on top, 0…; 0.5 is half as much again.
    ///
    /// - Source: An assumption; AWS publishes none. What is exact is the load itself: 1/(z−1) of a zone's more.
    public var headroom = 0.5
    /// A Multi-AZ database's failover.
    ///
    /// - Source: Amazon RDS User Guide, "Multi-AZ DB instance deployments": typically 60–120 s.
    public var databaseFailover = TimeSpread(.seconds(60), .seconds(120))
    /// A new standby in a third zone, made and in step.
    ///
    /// - Source: An assumption; it grows with the storage.
    public var standbyRebuild = TimeSpread(.seconds(900), likeliest: .seconds(2700), .seconds(7200))
    /// The time until the lost zone is back.
    ///
    /// - Source: Requirement T8: 6–8 h in the Sydney storm of June 2016 (AWS's account: aws.amazon.com/message/4372T8).
    public var zoneReturn = TimeSpread(.seconds(6 * 3600), .seconds(8 * 3600))
    /// The most that a database restored from its backups lacks.
    ///
    /// - Source: Amazon RDS User Guide, "Restoring a DB instance to a specified time": logs are saved every 5 min.
    public var backupInterval = Duration.seconds(300)
    /// A database restored from its backups.
    ///
    /// - Source: An assumption; it grows with the storage and waits for a person.
    public var databaseRestore = TimeSpread(.seconds(1800), likeliest: .seconds(3600), .seconds(10800))
    /// The number of times that a zone is lost, per zone and year.
    ///
    /// - Source: An assumption: once in five years.
    public var zoneFailuresPerYear = 0.2

    /// The timings as they stand above.
    public init() {}

    /// All of them, for people.
    public var notes: [Note] {
        [
            note("clients forget a lost load balancer node", nameExpiry, "AWS: names live for 60 s"),
            note("Auto Scaling sees an unhealthy target", autoScalingPoll, "assumed"),
            note("EC2 status checks lead to a replacement", statusCheck, "assumed"),
            note("an instance is launched", instanceLaunch, "assumed"),
            note("its program answers", instanceBoot, "assumed"),
            note("a launch without capacity is tried again", capacityRetry, "assumed"),
            Note(
                what: "a zone takes on top of its load", value: "\((headroom * 100).fixed(0)) %",
                source: "assumed (--headroom)"),
            note("a Multi-AZ database fails over", databaseFailover, "AWS: typically 60–120 s"),
            note("a new standby in a third zone", standbyRebuild, "assumed"),
            note("the zone is back", zoneReturn, "Sydney, June 2016"),
            note("a database is restored from backups", databaseRestore, "assumed"),
            Note(what: "a restored database lacks", value: "≤ \(backupInterval.briefly)", source: "AWS"),
            Note(
                what: "a zone is lost", value: "\(zoneFailuresPerYear.fixed(2)) times a year",
                source: "assumed (--failures-per-year)"),
        ]
    }

    private func note(_ what: String, _ spread: TimeSpread, _ source: String) -> Note {
        let middle = spread.likeliest.map { ", mostly \($0.briefly)" } ?? ""
        return Note(
            what: what, value: "\(spread.shortest.briefly)–\(spread.longest.briefly)\(middle)", source: source)
    }
}
