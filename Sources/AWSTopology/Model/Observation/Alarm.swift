/// A CloudWatch alarm.
public struct Alarm: Resource {
    /// A dimension of a metric: something that it is about.
    public struct Dimension: Sendable, Hashable {
        /// `LoadBalancer`
        public var name: String
        /// `${Ingest.LoadBalancerFullName}`
        public var value: String
    }

    /// The type in CloudFormation.
    public static var type: String { "AWS::CloudWatch::Alarm" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [Alarm]> { \.alarms }

    /// The logical name.
    public var name: String
    /// The meaning, for people.
    public var description = ""
    /// `AWS/ApplicationELB`
    public var namespace: String
    /// `UnHealthyHostCount`
    public var metric: String
    /// The dimensions of the metric.
    public var dimensions: [Dimension] = []
    /// `Maximum`, `Minimum`, `Average`, `Sum`.
    public var statistic = "Maximum"
    /// The time that a value stands for.
    public var period = Duration.seconds(60)
    /// The number of values in a row that raise the alarm.
    public var evaluationPeriods = 3
    /// `GreaterThanThreshold`, …
    public var comparison = "GreaterThanThreshold"
    /// The threshold, in the metric's unit.
    public var threshold: Double
    /// The meaning of no value at all: `missing`, `breaching`, `notBreaching`, `ignore`.
    public var treatMissingData = "missing"
    /// The topics that are told.
    public var actions: [Reference<Topic>] = []
}
