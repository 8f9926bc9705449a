/// The outcome of bringing summaries up to date.
public struct SummaryProgress: Sendable, Hashable {
    /// The number of quarters of an hour of sites that were summed up.
    public var done = 0
    /// True if others are left.
    public var isMore = false
    /// The quarters of an hour that couldn't be summed up, and were given up, a sentence each.
    public var faults: [String] = []
}
