/// A finding of the doctor about one thing.
public struct Finding: Sendable, Hashable, Codable {
    /// A verdict on what was found.
    public enum Verdict: String, Sendable, Hashable, Codable {
        /// All is as it should be.
        case fine
        /// The thing works, but not as well as it could; or it couldn't be looked at.
        case warning
        /// The thing doesn't work: to be mended.
        case fault
    }

    /// The thing that was looked at: `broker`, `wire`, `real-time priority`.
    public var check: String
    /// The verdict.
    public var verdict: Verdict
    /// The observation: a clause without a full stop.
    public var found: String
    /// The remedy; nil: none is needed.
    public var remedy: String?

    /// All is well with it.
    public static func fine(_ check: String, _ found: String) -> Finding {
        Finding(check: check, verdict: .fine, found: found, remedy: nil)
    }

    /// Returns a finding of something that could be better.
    public static func warning(_ check: String, _ found: String, remedy: String) -> Finding {
        Finding(check: check, verdict: .warning, found: found, remedy: remedy)
    }

    /// Returns a finding of something that is to be mended.
    public static func fault(_ check: String, _ found: String, remedy: String) -> Finding {
        Finding(check: check, verdict: .fault, found: found, remedy: remedy)
    }
}
