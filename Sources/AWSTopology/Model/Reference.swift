/// A resource by its logical name.
///
/// Where the name is not one of the topology (a parameter, an import, an identifier such as `subnet-0123`), looking it up
/// gives nil: what it stands for is then unknown, not absent.
public struct Reference<Target>: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The logical name.
    public var name: String

    /// A reference by name.
    public init(_ name: String) { self.name = name }

    /// A reference by name.
    public init(stringLiteral value: String) { name = value }

    /// The name.
    public var description: String { name }
}
