/// An invariant that did not hold, and where.
public struct Violation: Sendable, Hashable, CustomStringConvertible {
    /// Which.
    public var invariant: Invariant
    /// When, in virtual time since the beginning, and what was seen.
    public var description: String
}
