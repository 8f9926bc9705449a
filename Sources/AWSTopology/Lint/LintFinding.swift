/// A finding of a rule at one resource.
public struct LintFinding: Sendable {
    /// The rule.
    public var rule: LintRule
    /// The resource's logical name.
    public var resource: String
    /// The place in the file; nil for what was not read from a file.
    public var place: SourcePlace?
    /// The fault, in a sentence that begins with the resource's name.
    public var message: String
    /// The suppression that accepts it; nil for a finding that stands.
    public var suppression: LintSuppression?

    /// `backend.yaml:20: error: [nat-gateway-per-zone] …`
    public var headline: String {
        let start = place.map { "\($0): " } ?? ""
        return "\(start)\(rule.severity.rawValue): [\(rule.id)] \(message)"
    }
}
