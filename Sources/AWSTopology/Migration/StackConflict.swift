/// The reason why a stack update would fail and roll back.
public struct StackConflict: Sendable, Hashable, CustomStringConvertible {
    /// A kind of conflict between two resources.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Two subnets would share addresses, for the new one is made before the old one is deleted.
        case address
        /// Two resources would have one physical name.
        case name
        /// Something can be bound to one thing only, and still is to another.
        case association
        /// A subnet would be deleted while an interface is in it.
        case interface
        /// Something would span fewer zones than AWS wants, or one zone twice.
        case zones
    }

    /// The kind of conflict.
    public var kind: Kind
    /// The resource that can't be made, changed or deleted.
    public var resource: String
    /// The resource that is in its way.
    public var other: String
    /// In a sentence.
    public var description: String
}
