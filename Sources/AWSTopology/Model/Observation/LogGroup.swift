/// A CloudWatch log group.
public struct LogGroup: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::Logs::LogGroup" }
    /// Where a topology keeps them.
    public static var collection: WritableKeyPath<Topology, [LogGroup]> { \.logGroups }

    /// The logical name.
    public var name: String
    /// Its name in CloudWatch; nil for one that AWS makes.
    public var logGroupName: String?
    /// For how long records are kept, in days; nil for ever.
    public var retentionDays: Int?
}
