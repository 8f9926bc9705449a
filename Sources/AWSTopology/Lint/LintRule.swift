/// One rule: what it looks for, which requirement or guidance of AWS that breaks, why it matters, and what to do.
public struct LintRule: Sendable {
    /// Where a rule found what it looks for.
    struct Hit: Sendable {
        /// The resource.
        var resource: String
        /// What is wrong with it, without its name.
        var message: String
        /// The key of ``Topology/places`` where it stands; the resource's own for nil.
        var place: String?

        init(_ resource: String, _ message: String, place: String? = nil) {
            self.resource = resource
            self.message = message
            self.place = place
        }
    }

    /// Its name, `nat-gateway-per-zone`.
    public let id: String
    /// The severity of a finding.
    public let severity: LintSeverity
    /// The requirement of ours that is broken, `T3`, or AWS's guidance by document and heading.
    public let breaks: String
    /// The reason why it matters, in one sentence.
    public let why: String
    /// The remedy.
    public let remedy: String
    let check: @Sendable (LintContext) -> [Hit]

    init(
        _ id: String, _ severity: LintSeverity, breaks: String, why: String, remedy: String,
        check: @escaping @Sendable (LintContext) -> [Hit]
    ) {
        self.id = id
        self.severity = severity
        self.breaks = breaks
        self.why = why
        self.remedy = remedy
        self.check = check
    }

    /// Every rule, in the order of the documentation.
    public static let all: [LintRule] =
        network + zones + groups + updates + balancing + databases + buckets + endpoints + identity + observation
        + images + addresses + services + file

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// The rule of an id; nil for none.
    public static func named(_ id: String) -> LintRule? { byID[id] }
}
