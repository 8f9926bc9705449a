/// A test's helper could not do what it should; the description says what, and what was seen instead.
public struct TestFailure: Error, CustomStringConvertible {
    /// What went wrong.
    public let description: String

    /// A failure in words.
    public init(_ description: String) {
        self.description = description
    }
}
