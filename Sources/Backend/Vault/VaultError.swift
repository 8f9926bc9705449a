/// Why a vault, or what lies in it, is of no use.
public struct VaultError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was found, and what to do.
    public var description: String

    init(_ description: String) { self.description = description }
}
