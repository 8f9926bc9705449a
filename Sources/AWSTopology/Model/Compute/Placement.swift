/// A service that runs in given subnets, of a type that the model has no more words for: a function, a task, a node
/// group, a cache, a file system.
public struct Placement: Sendable, Hashable {
    /// The logical name.
    public var name: String
    /// CloudFormation's type.
    public var type: String
    /// The property that names the subnets, or the one zone.
    public var property: String
    /// The subnets.
    public var subnets: [Reference<Subnet>] = []
    /// The one zone that it is kept in by its own property; nil where it goes by subnets.
    public var zone: String?
}
