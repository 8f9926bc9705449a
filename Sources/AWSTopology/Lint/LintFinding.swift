/// What a rule found at one resource.
public struct LintFinding: Sendable {
    /// The rule.
    public var rule: LintRule
    /// The resource's logical name.
    public var resource: String
    /// Where it stands; nil for what was not read from a file.
    public var place: SourcePlace?
    /// What is wrong, in a sentence that begins with the resource's name.
    public var message: String
    /// Why it is accepted; nil for a finding that isn't.
    public var suppression: LintSuppression?

    /// `backend.yaml:20: error: [nat-gateway-per-zone] …`
    public var headline: String {
        let start = place.map { "\($0): " } ?? ""
        return "\(start)\(rule.severity.rawValue): [\(rule.id)] \(message)"
    }
}
