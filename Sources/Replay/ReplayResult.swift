public import Lighting

/// The light of a zone, as it would have been with one hold time.
public struct ReplayResult: Sendable, Hashable {
    /// Motion that comes so soon after the light went off was somebody left in the dark.
    public static let soon = Duration.seconds(10)

    /// The hold time.
    public var hold: Duration
    /// The time for which it was lit, in nanoseconds, by the hour of the week (168).
    public var litNanoseconds = [Int64](repeating: 0, count: HourOfWeek.count)
    /// The number of times that it went on, by the hour of the week.
    public var switchOns = [Int](repeating: 0, count: HourOfWeek.count)
    /// The number of times that somebody moved within ``soon`` of its going off, by the hour of the week.
    public var offOnSomebody = [Int](repeating: 0, count: HourOfWeek.count)
    /// The longest that it was lit in one go.
    public var longest = Duration.zero
    /// The beginning of that time.
    public var longestSince: MeshInstant?
    /// The instant at which it last went off.
    public var lastOff: MeshInstant?

    init(hold: Duration) { self.hold = hold }

    /// The time for which it was lit.
    public var lit: Duration { .nanoseconds(litNanoseconds.reduce(0, +)) }
    /// The number of lit periods: the zone's activations, each of them a switch-on.
    public var activations: Int { switchOns.reduce(0, +) }
    /// The number of times that the light went off on somebody.
    public var timesOffOnSomebody: Int { offOnSomebody.reduce(0, +) }

    /// Takes a lit period that is over.
    mutating func add(_ start: MeshInstant, _ end: MeshInstant) {
        let hour = HourOfWeek.index(of: start)
        switchOns[hour] += 1
        if let lastOff, start - lastOff <= ReplayResult.soon { offOnSomebody[hour] += 1 }
        HourOfWeek.add(start, end, to: &litNanoseconds)
        if end - start > longest { (longest, longestSince) = (end - start, start) }
        lastOff = end
    }
}
