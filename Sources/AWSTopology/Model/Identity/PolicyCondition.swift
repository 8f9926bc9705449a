/// A condition of a statement: holds when the key's value fits one of the values.
public struct PolicyCondition: Sendable, Hashable {
    /// `StringNotEqualsIfExists`, `NotIpAddressIfExists`, `Bool`, …
    public var conditionOperator: String
    /// `aws:SourceVpc`, …
    public var key: String
    /// ORed; for an operator with Not: none of these.
    public var values: [String]
}
