/// The reason why a vault, or an object in it, is of no use.
public struct VaultError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The fault, and what to do about it.
    public var description: String

    init(_ description: String) { self.description = description }
}
