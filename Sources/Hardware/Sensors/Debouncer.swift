internal import Lighting

/// Takes the bounces out of a contact's edges: a level counts once it has lasted a while, from its own first edge on.
public struct Debouncer: Sendable {
    private let period: Int64
    /// The level that counts.
    private var isActive: Bool
    /// Since when the level that is seen is another.
    private var changedAt: Int64?

    /// A contact that is, and counts as, `isActive`.
    public init(period: Duration, isActive: Bool) {
        self.period = period.nanoseconds
        self.isActive = isActive
    }

    /// The instant at which ``settle(at:)`` must be called next; nil: none.
    public var nextDue: Int64? { changedAt.map { $0 + period } }

    /// An edge was seen.
    ///
    /// - Returns: the edge that had lasted long enough when this one came.
    public mutating func handle(_ edge: GPIOLine.Edge) -> GPIOLine.Edge? {
        let settled = settle(at: edge.instant)
        changedAt = edge.isActive == isActive ? nil : changedAt ?? edge.instant
        return settled
    }

    /// The edge that has lasted long enough at `now`.
    public mutating func settle(at now: Int64) -> GPIOLine.Edge? {
        guard let since = changedAt, since + period <= now else { return nil }
        changedAt = nil
        isActive.toggle()
        return GPIOLine.Edge(at: since, isActive: isActive)
    }
}
