/// An Availability Zone by name: `eu-central-1a`, or `${AWS::Region}a` where the region isn't known.
public struct AvailabilityZone: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name.
    public var name: String

    /// A zone by name.
    public init(_ name: String) { self.name = name }

    /// A zone by name.
    public init(stringLiteral value: String) { name = value }

    /// The zone `letter` of `region`.
    public init(region: String?, letter: String) { name = (region ?? "${AWS::Region}") + letter }

    /// Its letter, `a`.
    public var letter: String { String(name.suffix(1)) }

    /// The name.
    public var description: String { name }

    /// By name.
    public static func < (a: AvailabilityZone, b: AvailabilityZone) -> Bool { a.name < b.name }
}
