import Glibc
import Processes
import TestSupport

/// Whose programs run.
enum Release: Sendable {
    /// What was built with these tests.
    case present
    /// What was released last: `scripts/previous-release`.
    case previous

    /// Where the last release's programs are: `make mixed` says it in the environment; nil: they aren't wanted.
    static let previousFolder = getenv("FOOTLIGHT_PREVIOUS_RELEASE").map { String(cString: $0) }

    /// The path of a program.
    func path(_ program: String) throws -> String {
        switch self {
        case .present: return try Programs.path(program)
        case .previous:
            guard let folder = Release.previousFolder else { throw TestFailure("the last release isn't there") }
            return "\(folder)/\(program)"
        }
    }
}
