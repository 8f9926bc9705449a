/// A scheduled action of a group, as its record tells of it.
public struct ScheduledActionMessage: Codable, Sendable, Hashable {
    /// Its name.
    public var name: String
    /// The action, `sleep` or `wake`.
    public var action: String
    /// The times at which it recurs, in the form of cron: ``CronExpression``.
    public var recurrence: String
    /// The time zone of its clock, by its IANA name; absent: the system's of the fleet agent.
    public var timeZone: String?
    /// The next time that it is due, nanoseconds since 1970; absent: the clock of its time zone isn't known yet.
    public var next: Int64?
}
