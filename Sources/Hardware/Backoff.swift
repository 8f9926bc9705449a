/// How long a device that failed is left alone: half a second, and twice as long after each further failure, up to ten
/// seconds.
public struct Backoff: Sendable, Hashable {
    private var failures = 0

    /// Nothing has failed yet.
    public init() {}

    /// It failed (again): how long to wait before the next try.
    public mutating func failed() -> Duration {
        defer { failures = min(failures + 1, 5) }
        return min(.milliseconds(500 << failures), .seconds(10))
    }

    /// It works.
    public mutating func succeeded() { failures = 0 }
}
