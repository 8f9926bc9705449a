/// A process could not be started, awaited or ended; the description says what, and what was seen instead.
public struct ProcessFailure: Error, CustomStringConvertible {
    /// The fault, in words.
    public let description: String

    /// A failure in words.
    public init(_ description: String) {
        self.description = description
    }
}
