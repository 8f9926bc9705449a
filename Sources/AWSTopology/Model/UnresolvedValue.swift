/// A property whose value the file doesn't say: a parameter without default, an import, a function of either.
///
/// Such a property is nil (or its default) in the model, and a rule must not take it for absent.
public struct UnresolvedValue: Sendable, Hashable {
    /// The logical name of the resource.
    public var resource: String
    /// The property by CloudFormation's name, with its path: `HealthCheckType`.
    public var property: String
    /// The expression in the file: `!Ref HealthCheckType`.
    public var expression: String
}
