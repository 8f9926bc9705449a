/// An object lock with a default retention.
public struct ObjectLock: Sendable, Hashable {
    /// The strength of a lock; the raw values are AWS's.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// A lock that those with a special permission may lift.
        case governance = "GOVERNANCE"
        /// A lock that nobody may lift, the account's owner included.
        case compliance = "COMPLIANCE"
    }

    /// The strength.
    public var mode: Mode
    /// The length, from 1 day.
    public var days: Int
}
