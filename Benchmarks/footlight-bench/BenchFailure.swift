/// Why the bench can't go on.
struct BenchFailure: Error, CustomStringConvertible {
    /// A sentence that says what, and what to do.
    var description: String

    init(_ description: String) { self.description = description }
}
