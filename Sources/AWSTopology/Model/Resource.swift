/// One resource of a topology: a value with a name, of a type that AWS knows.
public protocol Resource: Sendable, Hashable {
    /// The type's name in CloudFormation.
    static var type: String { get }
    /// The collection of a topology that resources of this type are in.
    static var collection: WritableKeyPath<Topology, [Self]> { get }
    /// The logical name, unique in the topology.
    var name: String { get set }
}

extension Resource {
    /// A reference to this resource.
    public var reference: Reference<Self> { Reference(name) }
}
