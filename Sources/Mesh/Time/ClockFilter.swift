/// What a window of exchanges with one reference proves about its mesh time, and the best guess within that.
///
/// Each exchange is an interval [offset ± delay/2], held as its two ends apart, each at the instant it is true of:
/// at `t1` the offset was at most `t2 − t1`, at `t4` at least `t3 − t4`. Aged to one instant by what is known of the
/// rate, all intervals of a truthful reference overlap, and the truth is in their intersection: lowest delay wins, and
/// a delay that was low one way only helps too. The same facts in pairs bound the rate: an upper end and a later lower
/// one, a lower end and a later upper one. Nothing here is a probability: while ``ClockAssumptions`` hold,
/// ``interval(at:)`` contains the truth, whatever delays, losses and orders there were.
///
/// - Source: K. Marzullo, S. Owicki, "Maintaining the time in a distributed system", PODC 1983 (intersection);
///   S. Moon, P. Skelly, D. Towsley, "Estimation and removal of clock skew from network delay measurements",
///   INFOCOM 1999 (rate by the hull of one-sided facts); RFC 5905, section 10 (lowest delay of a window).
struct ClockFilter: Sendable {
    /// How many exchanges are kept.
    static let window = 24
    /// How many exchanges in a row must contradict the window before the window is given up.
    static let patience = 3

    /// A network on which no exchange is quicker than this, nanoseconds, always delays one way.
    private static let hopelessDelay: Int64 = 50_000_000

    private(set) var exchanges: [ClockExchange] = []
    /// How many have been taken in all.
    private(set) var count = 0
    /// How many in a row didn't fit what is known.
    private(set) var contradictions = 0
    /// The instant that what follows is true of: the last exchange's, monotonic nanoseconds.
    private(set) var anchor: Int64 = 0
    /// Offsets are reckoned from this one.
    private var origin: Int64 = 0
    /// The offset's bounds at the anchor, nanoseconds from the origin.
    private var low = 0.0
    private var high = 0.0
    /// The rate's bounds at the anchor.
    private(set) var rateLow: Double
    private(set) var rateHigh: Double
    /// The rate's bounds at any time.
    private let limit: Double
    /// Whether the rate is a reference's, which changes slowly, rather than a follower's, which slews.
    private let isSteady: Bool
    /// What is likely, of a reference.
    private var likely: ClockEstimate?

    /// - Parameter steady: whether the other is a reference: its rate changes slowly.
    init(steady: Bool) {
        isSteady = steady
        limit = steady ? ClockAssumptions.relativeRate : ClockAssumptions.unsteadyRate
        (rateLow, rateHigh) = (-limit, limit)
    }

    /// Takes up an exchange; one that contradicts what is known only when it isn't alone.
    ///
    /// - Returns: whether what is known has changed.
    mutating func add(_ exchange: ClockExchange) -> Bool {
        if exchanges.isEmpty { origin = exchange.offset }
        var next = self
        next.exchanges.append(exchange)
        if next.exchanges.count > ClockFilter.window { next.exchanges.remove(at: next.leastUseful) }
        next.count += 1
        next.contradictions = 0
        next.advance(to: exchange.t4)
        if next.low <= next.high, next.rateLow <= next.rateHigh {
            next.learn(exchange)
            self = next
            return true
        }
        contradictions += 1
        guard contradictions >= ClockFilter.patience else { return false }
        self = ClockFilter(steady: isSteady)
        return add(exchange)
    }

    /// The bounds of mesh time less monotonic time at `monotonic`, nanoseconds. Not before an exchange was taken.
    func interval(at monotonic: Int64) -> (low: Int64, high: Int64) {
        let bounds = aged(to: monotonic)
        return (origin &+ Int64(bounds.low.rounded(.down)), origin &+ Int64(bounds.high.rounded(.up)))
    }

    /// The best guess of mesh time less monotonic time at `monotonic`: what is likely, of what is possible.
    func estimate(at monotonic: Int64) -> Int64 {
        let bounds = aged(to: monotonic)
        let guess = isTelling ? likely?.offset(at: monotonic) : nil
        return origin &+ Int64(max(bounds.low, min(bounds.high, guess ?? (bounds.low + bounds.high) / 2)).rounded())
    }

    /// By how much the best guess is likely to be off, nanoseconds (standard deviation); nil where nobody knows.
    func deviation(at monotonic: Int64) -> Double? { isTelling ? likely?.deviation(at: monotonic) : nil }

    /// Whether exchanges tell which way was the longer by chance: not where every one waits, as for a radio that sleeps.
    private var isTelling: Bool { lowestDelay.map { $0 < ClockFilter.hopelessDelay } ?? false }

    /// The best guess of mesh time's rate over the monotonic clock's, less one.
    var rate: Double {
        max(rateLow, min(rateHigh, likely?.rate ?? (rateLow + rateHigh) / 2))
    }

    /// The lowest delay in the window, nanoseconds.
    var lowestDelay: Int64? { exchanges.map(\.delay).min() }

    private func aged(to monotonic: Int64) -> (low: Double, high: Double) {
        let passed = Double(monotonic &- anchor)
        if passed >= 0 {
            return (low - reach(-rateLow, passed), high + reach(rateHigh, passed))
        }
        return (low - reach(rateHigh, -passed), high + reach(-rateLow, -passed))
    }

    /// How far a clock of at most `rate` now gets within `passed` nanoseconds, its rate changing as it may.
    private func reach(_ rate: Double, _ passed: Double) -> Double {
        let wandering =
            (rate + ClockAssumptions.rateStair) * passed + ClockAssumptions.wander * passed * passed / 2
        return min(wandering, limit * passed)
    }

    /// Brings what is known to `monotonic`, and the window's facts into it.
    private mutating func advance(to monotonic: Int64) {
        let monotonic = max(monotonic, anchor)
        if exchanges.count > 1 {
            let bounds = aged(to: monotonic)
            let change = ClockAssumptions.wander * Double(monotonic - anchor) + ClockAssumptions.rateStair
            rateLow = max(rateLow - change, -limit)
            rateHigh = min(rateHigh + change, limit)
            (low, high) = bounds
        } else {
            (low, high) = (-Double.infinity, .infinity)
        }
        anchor = monotonic
        if isSteady { boundRate() }
        for exchange in exchanges {
            let upper = Double(exchange.upper &- origin) + ClockAssumptions.resolution
            let lower = Double(exchange.lower &- origin) - ClockAssumptions.resolution
            high = min(high, upper + reach(rateHigh, Double(monotonic - exchange.t1)))
            low = max(low, lower - reach(-rateLow, Double(monotonic - exchange.t4)))
        }
    }

    private mutating func boundRate() {
        for one in exchanges {
            let upper = Double(one.upper &- origin) + ClockAssumptions.resolution
            for other in exchanges {
                let lower = Double(other.lower &- origin) - ClockAssumptions.resolution
                let apart = Double(other.t4 - one.t1)
                guard apart.magnitude > 1e6 else { continue }
                let mean = (lower - upper) / apart
                // The mean over a span in the past; since its middle the rate may have changed.
                let middle = Double(anchor - one.t1) / 2 + Double(anchor - other.t4) / 2
                let change = ClockAssumptions.wander * middle + ClockAssumptions.rateStair
                if apart > 0 { rateLow = max(rateLow, mean - change) } else { rateHigh = min(rateHigh, mean + change) }
            }
        }
    }

    /// The exchange that is done without: the one of the oldest half with the greatest delay, but never the newest.
    private var leastUseful: Int {
        let half = exchanges.indices.prefix(exchanges.count / 2)
        return half.max { exchanges[$0].delay < exchanges[$1].delay } ?? 0
    }

    private mutating func learn(_ exchange: ClockExchange) {
        guard isSteady else { return }
        let middle = exchange.t1 + (exchange.t4 - exchange.t1) / 2
        let offset = Double(exchange.offset &- origin)
        let (delay, lowest) = (Double(exchange.delay), Double(lowestDelay ?? exchange.delay))
        if likely == nil {
            likely = ClockEstimate(offset: offset, delay: delay, lowest: lowest, at: middle)
        } else {
            likely?.add(offset: offset, delay: delay, lowest: lowest, at: middle)
        }
    }
}
