/// What the doctor found about one thing.
public struct Finding: Sendable, Hashable, Codable {
    /// How bad it is.
    public enum Verdict: String, Sendable, Hashable, Codable {
        /// As it should be.
        case fine
        /// It works, but not as well as it could; or it couldn't be looked at.
        case warning
        /// It doesn't work: to be mended.
        case fault
    }

    /// What was looked at: `broker`, `wire`, `real-time priority`.
    public var check: String
    /// How bad it is.
    public var verdict: Verdict
    /// What was found: a clause without a full stop.
    public var found: String
    /// What to do; nil where nothing is to be done.
    public var remedy: String?

    /// All is well with it.
    public static func fine(_ check: String, _ found: String) -> Finding {
        Finding(check: check, verdict: .fine, found: found, remedy: nil)
    }

    /// It could be better.
    public static func warning(_ check: String, _ found: String, remedy: String) -> Finding {
        Finding(check: check, verdict: .warning, found: found, remedy: remedy)
    }

    /// It is to be mended.
    public static func fault(_ check: String, _ found: String, remedy: String) -> Finding {
        Finding(check: check, verdict: .fault, found: found, remedy: remedy)
    }
}
