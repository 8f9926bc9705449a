/// Something that a group does by the clock.
public struct ScheduledAction: Sendable, Hashable {
    /// The actions that there are.
    public enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// Minimum, maximum and desired become zero: its nodes sleep.
        case sleep
        /// The nodes become what they were.
        case wake
    }

    /// Its name.
    public var name: String
    /// The group; nil: all.
    public var zone: String?
    /// The action.
    public var kind: Kind
    /// The times at which it recurs.
    public var recurrence: CronExpression
    /// The time zone of its clock, by its IANA name; nil: the site's.
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
