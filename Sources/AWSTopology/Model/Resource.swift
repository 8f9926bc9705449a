/// One resource of a topology: a value with a name, of a type that AWS knows.
public protocol Resource: Sendable, Hashable {
    /// The type's name in CloudFormation.
    static var type: String { get }
    /// Where a topology keeps resources of this type.
    static var collection: WritableKeyPath<Topology, [Self]> { get }
    /// The logical name, unique in the topology.
    var name: String { get set }
}

extension Resource {
    /// A reference to this resource.
    public var reference: Reference<Self> { Reference(name) }
}
