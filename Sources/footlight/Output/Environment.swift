internal import Glibc

/// The variables that the process was started with.
enum Environment {
    /// The value of a variable; nil where there is none.
    static subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
