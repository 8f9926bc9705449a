/// An object lock with a default retention.
public struct ObjectLock: Sendable, Hashable {
    /// Who may lift it; the raw values are AWS's.
    public enum Mode: String, Sendable, Hashable, CaseIterable {
        /// Those with a special permission.
        case governance = "GOVERNANCE"
        /// Nobody, the account's owner included.
        case compliance = "COMPLIANCE"
    }

    /// Who may lift it.
    public var mode: Mode
    /// For how long, from 1 day.
    public var days: Int
}
