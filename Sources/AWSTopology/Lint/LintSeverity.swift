/// The severity of a finding; the raw values are the words of the output.
public enum LintSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Good to know; the exit code stays 0.
    case info
    /// The fault weakens the whole; exit code 1.
    case warning
    /// One fault takes the service away, or lays it open; exit code 2.
    case error

    /// The exit code of a run whose gravest finding is this.
    public var exitCode: Int32 {
        switch self {
        case .info: 0
        case .warning: 1
        case .error: 2
        }
    }

    /// By gravity.
    public static func < (a: LintSeverity, b: LintSeverity) -> Bool { a.exitCode < b.exitCode }
}
