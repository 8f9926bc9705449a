/// A fault of a node that one of its checks found.
public struct CheckFault: Sendable, Hashable {
    /// The check's name.
    public var check: String
    /// The fault, in words.
    public var text: String
}
