/// A node whose time another goes by, or considers to.
struct ClockSource: Sendable {
    let name: String
    /// Which of its clocks: ``ClockReply/Time/since``.
    let since: Int64
    var filter: ClockFilter
    /// How far its time is off its own reference's, nanoseconds.
    var dispersion: Int64 = 0
    /// Whose time it has: its own name if it is a reference, and steady.
    var reference: String
    /// When the first exchange with it ended, monotonic.
    let begun: Int64

    init(_ name: String, _ time: ClockReply.Time, at monotonic: Int64) {
        self.name = name
        since = time.since
        reference = time.reference
        filter = ClockFilter(steady: time.reference == name)
        begun = monotonic
    }

    /// Whether it is a reference rather than itself a follower.
    var isReference: Bool { reference == name }

    /// The most by which `mapping` may be off this source's time at `monotonic`, nanoseconds.
    func errorBound(of mapping: TimeMapping, at monotonic: Int64) -> Int64 {
        let (low, high) = filter.interval(at: monotonic)
        let served = mapping.offset(at: monotonic)
        // A nanosecond for each rounding.
        return max(high &- served, served &- low, 0) + 2
    }
}
