/// The order in which a migration's steps are looked for.
public enum MigrationOrder: String, Sendable, Hashable, CaseIterable {
    /// The best that is found: anything stands in a single zone for as short a time as can be, then databases are without
    /// their standby for as short a time, then the fewest steps.
    case best
    /// The order of requirement T9: zone by zone, databases last.
    case reference
}

/// The figures of the order that a search found, and what no order can be below.
public struct MigrationBound: Sendable, Hashable {
    /// The longest time for which something that spans zones stands in one, in seconds.
    public var secondsInOneZone: Int
    /// The time below which no order can be.
    public var leastInOneZone: Int
    /// The longest time for which a database that has a standby is without, in seconds.
    public var secondsWithoutStandby: Int
    /// The time below which no order can be.
    public var leastWithoutStandby: Int
    /// True if no order of whole zones is better, in all three regards.
    public var isBest: Bool
    /// The number of states that were looked at.
    public var states: Int

    /// In a sentence or two.
    public var text: String {
        func time(_ seconds: Int) -> String { seconds == 0 ? "none" : "up to \(Double(seconds).asTime)" }
        func least(_ seconds: Int, _ bound: Int) -> String {
            seconds <= bound
                ? "no order can have less" : bound == 0 ? "" : "no order can have less than \(Double(bound).asTime)"
        }
        func line(_ seconds: Int, _ bound: Int) -> String {
            let words = least(seconds, bound)
            return time(seconds) + (words.isEmpty ? "" : " (\(words))")
        }
        let one = line(secondsInOneZone, leastInOneZone)
        let alone = line(secondsWithoutStandby, leastWithoutStandby)
        return "Time in a single zone: \(one).\nTime without a synchronous standby: \(alone).\n"
            + (isBest
                ? "No order of whole zones is better: \(states) states were looked at.\n"
                : "Better orders may exist: \(states) states were looked at, not all.\n")
    }
}
