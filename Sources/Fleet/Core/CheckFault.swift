/// What is the matter with a node by one of its checks.
public struct CheckFault: Sendable, Hashable {
    /// The check's name.
    public var check: String
    /// What is the matter.
    public var text: String
}
