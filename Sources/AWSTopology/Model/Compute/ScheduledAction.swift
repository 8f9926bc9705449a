/// A change of a group's size at set times.
public struct ScheduledAction: Resource {
    /// The type in CloudFormation.
    public static var type: String { "AWS::AutoScaling::ScheduledAction" }
    /// The collection of a topology that they are in.
    public static var collection: WritableKeyPath<Topology, [ScheduledAction]> { \.scheduledActions }

    /// The logical name.
    public var name: String
    /// The group whose size it sets.
    public var group: Reference<AutoScalingGroup>
    /// The times, as cron says it: `0 22 * * *`.
    public var recurrence: String
    /// The zone of that time, `Europe/Berlin`; nil for UTC.
    public var timeZone: String?
    /// The new least size; nil to leave it.
    public var minSize: Int?
    /// The new greatest size; nil to leave it.
    public var maxSize: Int?
    /// The new size; nil to leave it.
    public var desiredCapacity: Int?
}
