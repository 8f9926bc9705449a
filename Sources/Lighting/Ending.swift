/// The way in which a manual command ends where no other comes.
public enum Ending: Sendable, Hashable {
    /// By another command only.
    case never
    /// After a time.
    case after(Duration)
    /// By itself, once nobody is there.
    case absence(Absence)

    /// The moment from which nobody counts as there.
    public enum Absence: String, Sendable, Hashable, CaseIterable {
        /// The moment when nobody has moved for the zone's hold; the command itself counts as motion.
        case visit
        /// The same, but that a command which puts out the light ends at once where nobody is.
        case empty
    }

    /// The times for which a command may be in force: 1 s…7 days.
    public static let range = Duration.seconds(1)...Duration.seconds(7 * 86400)

    /// The endings that have a name, by it.
    public static let named: [(name: String, ending: Ending)] = [
        ("ever", .never), ("visit", .absence(.visit)), ("empty", .absence(.empty)),
    ]

    /// The name of one that has one.
    public var name: String? { Ending.named.first { $0.ending == self }?.name }
}
