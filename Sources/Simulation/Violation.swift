/// An invariant that did not hold, and where.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// The invariant that was violated.
    public var invariant: Invariant
    /// The instant, in virtual time since the beginning, and the observation.
    public var description: String
}
