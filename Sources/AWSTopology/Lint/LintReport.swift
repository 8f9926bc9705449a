/// The findings of lint in a topology.
public struct LintReport: Sendable {
    /// Findings that stand, in the order of the file, then of the rules.
    public let findings: [LintFinding]
    /// Findings that somebody accepts, in the same order.
    public let suppressed: [LintFinding]
    /// The parts that were not looked at, and why.
    public let unseen: [UnseenPart]
    /// The file's name; empty where there is none.
    public let file: String

    /// Applies every rule to a topology.
    ///
    /// - Parameter suppressions: What is accepted: by a rule and a resource, or by a rule everywhere.
    public init(of topology: Topology, file: String = "", suppressions: [LintSuppression] = []) {
        self.file = file
        let context = LintContext(topology)
        var found: [(line: Int, rule: Int, finding: LintFinding)] = []
        for (order, rule) in LintRule.all.enumerated() {
            // Whether a resource is made at all may not be known: then nothing is found at it.
            for hit in rule.check(context) where context.knows(hit.resource, "Condition") {
                let place = hit.place.flatMap { topology.places[$0] } ?? topology.places[hit.resource]
                let accepted = suppressions.first {
                    $0.rule == rule.id && ($0.resource == nil || $0.resource == hit.resource)
                }
                found.append(
                    (
                        place?.line ?? 0, order,
                        LintFinding(
                            rule: rule, resource: hit.resource, place: place,
                            message: "\(hit.resource) \(hit.message)", suppression: accepted)
                    ))
            }
        }
        let sorted = found.sorted {
            ($0.line, $0.rule, $0.finding.resource) < ($1.line, $1.rule, $1.finding.resource)
        }.map(\.finding)
        unseen = UnseenPart.all(in: topology, asked: context.questions.all)
        findings = sorted.filter { $0.suppression == nil }
        suppressed = sorted.filter { $0.suppression != nil }
    }

    /// Applies every rule to what a file describes, and to what it says is accepted.
    public init(of document: TopologyDocument, file: String, suppressions: [LintSuppression] = []) {
        self.init(of: document.topology, file: file, suppressions: document.suppressions + suppressions)
    }

    /// 0 for nothing graver than info, 1 for warnings, 2 for errors.
    public var exitCode: Int32 { findings.map(\.rule.severity.exitCode).max() ?? 0 }

    /// Returns the number of findings of a severity that stand.
    public func count(_ severity: LintSeverity) -> Int { findings.count { $0.rule.severity == severity } }

    /// `2 errors, 1 warning, no information; 3 suppressed`
    public var summary: String {
        func words(_ count: Int, _ one: String) -> String {
            count == 0 ? "no \(one)s" : "\(count) \(one)\(count == 1 ? "" : "s")"
        }
        let parts = [
            words(count(.error), "error"), words(count(.warning), "warning"), words(count(.info), "note"),
        ]
        return parts.joined(separator: ", ") + (suppressed.isEmpty ? "" : "; \(suppressed.count) suppressed")
            + (unseen.isEmpty ? "" : "; \(unseen.count) not looked at")
    }
}
