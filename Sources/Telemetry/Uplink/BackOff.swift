internal import Lighting

/// The time to wait before the next attempt: each time twice as long, up to a limit, less a random part of up to a
/// half, so that a thousand sites (or a hundred nodes) don't come back at one instant. Pure, and the same for the same
/// seed.
public struct BackOff: Sendable {
    private let first: Duration
    private let longest: Duration
    private var random: SplitMix64
    private var wait: Duration

    /// - Parameters:
    ///   - first: the longest first wait.
    ///   - longest: the longest wait of all.
    public init(first: Duration, longest: Duration, seed: UInt64) {
        self.first = first
        self.longest = longest
        random = SplitMix64(seed: seed)
        wait = first
    }

    /// Another attempt came to nothing.
    ///
    /// - Parameter least: what the other side asked for; others were told the same, so up to ``first`` is added to it.
    /// - Returns: how long to wait.
    public mutating func next(atLeast least: Duration? = nil) -> Duration {
        let share = Double.random(in: 0.5...1, using: &random)
        defer { wait = min(wait * 2, longest) }
        let own = Duration.nanoseconds(Int64(Double(wait.nanoseconds) * share))
        guard let least, least > own else { return own }
        return least + .nanoseconds(Int64(Double(first.nanoseconds) * share))
    }

    /// An attempt succeeded.
    public mutating func reset() { wait = first }

    /// Some part of `limit`, at random.
    public mutating func part(of limit: Duration) -> Duration {
        .nanoseconds(Int64.random(in: 0...max(0, limit.nanoseconds), using: &random))
    }
}
