/// The times at which to try again something that failed: soon at first, then ever more seldom.
public struct Retry: Sendable {
    private static let first: Int64 = 500_000_000
    private static let longest: Int64 = 16_000_000_000

    private var pause = Retry.first
    /// The instant of the next try, nanoseconds of the monotonic clock; nil while there is nothing to try.
    public private(set) var due: Int64?

    /// There is something to try, at once.
    public init(at now: Int64) { due = now }

    /// Notes a failure at `now`.
    public mutating func failed(at now: Int64) {
        due = now + pause
        pause = min(pause * 2, Retry.longest)
    }

    /// Notes a success: there is nothing more to try.
    public mutating func worked() {
        due = nil
        pause = Retry.first
    }
}
