/// A scheduled action of a group, as its record tells of it.
public struct ScheduledActionMessage: Codable, Sendable, Hashable {
    /// Its name.
    public var name: String
    /// What it does.
    public var action: String
    /// When, as cron has it: ``CronExpression``.
    public var recurrence: String
    /// On which clock, by its IANA name; absent: the system's of the fleet agent.
    public var timeZone: String?
    /// When it is due next, nanoseconds since 1970; absent: that clock isn't known yet.
    public var next: Int64?
}
