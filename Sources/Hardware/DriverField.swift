/// A field of a driver in an agent's file: its name, what it may hold, and what a file that leaves it out means.
public struct DriverField: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The values that it may hold, as people read them: `24Hz to 1526Hz`.
    public var allowed: String
    /// The value of a file that leaves it out; nil: it must be there, or it means nothing when it isn't.
    public var usual: String?

    /// A field.
    public init(_ name: String, _ allowed: String, usual: String? = nil) {
        self.name = name
        self.allowed = allowed
        self.usual = usual
    }
}
