/// Something that a group does by the clock.
public struct ScheduledAction: Sendable, Hashable {
    /// What.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// Minimum, maximum and desired become zero: its nodes sleep.
        case sleep
        /// They become what they were.
        case wake
    }

    /// Its name.
    public var name: String
    /// The group; nil: all.
    public var zone: String?
    /// What it does.
    public var kind: Kind
    /// When.
    public var recurrence: CronExpression
    /// On which clock, by its IANA name; nil: the site's.
    public var timeZone: String?

    /// A scheduled action.
    public init(name: String, zone: String? = nil, kind: Kind, recurrence: CronExpression, timeZone: String? = nil) {
        self.name = name
        self.zone = zone
        self.kind = kind
        self.recurrence = recurrence
        self.timeZone = timeZone
    }
}
