/// Checks in a row that passed or failed, and what follows from them.
struct VerdictCounter: Sendable, Hashable {
    private(set) var passes = 0
    private(set) var failures = 0
    private(set) var status = HealthStatus.unobservable

    /// Counts from `status` on.
    init(status: HealthStatus = .unobservable) { self.status = status }

    /// A check passed, or failed.
    ///
    /// - Returns: the new status where that changed it.
    mutating func count(_ passed: Bool, healthy: Int, unhealthy: Int) -> HealthStatus? {
        passes = passed ? passes + 1 : 0
        failures = passed ? 0 : failures + 1
        let new: HealthStatus =
            if passes >= healthy { .healthy } else if failures >= unhealthy { .unhealthy } else { status }
        guard new != status else { return nil }
        status = new
        return new
    }

    /// Forgets the row, and keeps the status: what was seen isn't evidence any more.
    mutating func forget() { (passes, failures) = (0, 0) }
}
