/// A CloudWatch alarm.
public struct Alarm: Resource {
    /// What a metric is about.
    public struct Dimension: Sendable, Hashable {
        /// `LoadBalancer`
        public var name: String
        /// `${Ingest.LoadBalancerFullName}`
        public var value: String
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::CloudWatch::Alarm" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [Alarm]> { \.alarms }

    /// The logical name.
    public var name: String
    /// What it means, for people.
    public var description = ""
    /// `AWS/ApplicationELB`
    public var namespace: String
    /// `UnHealthyHostCount`
    public var metric: String
    /// What it is about.
    public var dimensions: [Dimension] = []
    /// `Maximum`, `Minimum`, `Average`, `Sum`.
    public var statistic = "Maximum"
    /// How long a value stands for.
    public var period = Duration.seconds(60)
    /// How many values in a row.
    public var evaluationPeriods = 3
    /// `GreaterThanThreshold`, …
    public var comparison = "GreaterThanThreshold"
    /// The threshold, in the metric's unit.
    public var threshold: Double
    /// What no value at all means: `missing`, `breaching`, `notBreaching`, `ignore`.
    public var treatMissingData = "missing"
    /// Who is told.
    public var actions: [Reference<Topic>] = []
}
