/// The use that is made of a topology in a month: its cost hangs on that, and the topology doesn't say it.
public struct CostAssumptions: Sendable, Hashable {
    /// Hours in a month.
    ///
    /// - Source: AWS Pricing Calculator: 365 days × 24 h ÷ 12.
    public static let hoursPerMonth = 730.0

    /// GB a month from instances to the outside through NAT gateways.
    public var natGigabytes = 50.0
    /// GB a month through interface endpoints.
    public var endpointGigabytes = 20.0
    /// Sites that hand over records.
    public var sites = 100.0
    /// Records of a site in a day.
    public var recordsPerDay = 250.0
    /// Months since the first record.
    public var months = 36.0
    /// Months that records stay in the database, before they move to the archive.
    public var keptMonths = 24.0
    /// GB a month between instances and databases besides records, both ways together: who looks at pages.
    public var databaseGigabytes = 20.0
    /// GB a month through load balancers besides records, both ways together.
    public var ingestGigabytes = 5.0
    /// GB a month out to the internet.
    public var internetGigabytes = 10.0
    /// GB a month of logs, flow logs among them.
    public var logGigabytes = 20.0
    /// GB in buckets besides the archive.
    public var bucketGigabytes = 50.0

    /// The defaults: a backend of some hundred sites.
    public init() {}
}
