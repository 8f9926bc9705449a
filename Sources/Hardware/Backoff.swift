/// The time for which a device that failed is left alone: half a second, and twice as long after each further failure,
/// up to ten seconds.
public struct Backoff: Sendable, Hashable {
    private var failures = 0

    /// A device that hasn't failed yet.
    public init() {}

    /// Notes a failure, and returns the time to wait before the next try.
    public mutating func failed() -> Duration {
        defer { failures = min(failures + 1, 5) }
        return min(.milliseconds(500 << failures), .seconds(10))
    }

    /// Notes that the device works.
    public mutating func succeeded() { failures = 0 }
}
