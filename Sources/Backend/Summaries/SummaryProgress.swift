/// What came of bringing summaries up to date.
public struct SummaryProgress: Sendable, Hashable {
    /// How many quarters of an hour of sites were summed up.
    public var done = 0
    /// Whether others are left.
    public var isMore = false
    /// What couldn't be summed up, and was given up, a sentence each.
    public var faults: [String] = []
}
