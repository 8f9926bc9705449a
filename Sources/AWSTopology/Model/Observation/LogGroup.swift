/// A CloudWatch log group.
public struct LogGroup: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::Logs::LogGroup" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [LogGroup]> { \.logGroups }

    /// The logical name.
    public var name: String
    /// Its name in CloudWatch; nil for one that AWS makes.
    public var logGroupName: String?
    /// The time for which records are kept, in days; nil for ever.
    public var retentionDays: Int?
}
