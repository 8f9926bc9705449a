/// What sites' records weigh, on their way and where they are kept.
///
/// - Source: measured with the records of Tests/BackendPages/seed.py, a house of three zones and seven bars: docs/topology.md, "Cost".
struct RecordTraffic {
    /// How many go together: what a walk past a sensor makes.
    private static let perRequest = 12.0
    /// Bytes of a record in a request, packed; of a request's head and its answer.
    private static let packedBytes = 77.0
    private static let headBytes = 700.0
    /// Bytes of a record to the database: its row, and what it notes.
    private static let databaseBytes = 450.0
    /// Bytes of a record in the database: its row, its indexes, its part in summaries.
    private static let storedBytes = 770.0
    /// Bytes of a record in an archive, packed.
    private static let archivedBytes = 60.0

    private static let gigabyte = 1e9
    private let assumptions: CostAssumptions

    init(_ assumptions: CostAssumptions) { self.assumptions = assumptions }

    /// Records in a month.
    var records: Double { assumptions.sites * assumptions.recordsPerDay * CostAssumptions.hoursPerMonth / 24 }
    /// Requests in a month, each with a connection of its own: an idle one is closed after a minute.
    var requests: Double { records / Self.perRequest }
    /// GB a month through load balancers.
    var ingestGigabytes: Double {
        (records * Self.packedBytes + requests * Self.headBytes) / Self.gigabyte + assumptions.ingestGigabytes
    }
    /// GB a month between instances and the database.
    var databaseGigabytes: Double { records * Self.databaseBytes / Self.gigabyte + assumptions.databaseGigabytes }
    /// GB that a month's records take in the database.
    var storedGigabytes: Double { records * Self.storedBytes / Self.gigabyte }
    /// Months whose records are in the database.
    var keptMonths: Double { min(assumptions.months, assumptions.keptMonths) }
    /// GB of records that have moved to the archive.
    var archivedGigabytes: Double {
        records * Self.archivedBytes / Self.gigabyte * (assumptions.months - keptMonths)
    }

    /// Load balancer capacity units, times hours: of what they are counted by, the most.
    ///
    /// - Source: Elastic Load Balancing pricing: a unit is 25 new connections a second, 3,000 active ones (sampled each
    ///   minute), or 1 GB an hour to instances.
    var capacityHours: Double {
        let hours = CostAssumptions.hoursPerMonth
        let perHour = requests / hours
        return max(ingestGigabytes, hours * max(perHour / 3600 / 25, perHour / 60 / 3000))
    }
}
