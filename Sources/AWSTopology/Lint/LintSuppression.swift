import YAML

/// A finding that somebody accepts, and why.
public struct LintSuppression: Sendable, Hashable {
    /// The rule's id.
    public var rule: String
    /// The resource; nil for every one.
    public var resource: String?
    /// The reason why it is accepted; never empty.
    public var reason: String

    /// A suppression.
    ///
    /// - Throws: ``TopologyError`` for a rule that doesn't exist, or for no reason.
    public init(
        rule: String, resource: String? = nil, reason: String, at place: SourcePlace? = nil, field: String = "suppress"
    ) throws(TopologyError) {
        guard LintRule.named(rule) != nil else {
            let ids = LintRule.all.map(\.id)
            throw TopologyError(
                .unknownName, at: place, field: field, found: "the rule \"\(rule)\"", allowed: "a rule's id",
                remedy: Spelling.nearest(to: rule, in: ids).map { "did you mean \"\($0)\"?" }
                    ?? "footlight topology lint --list-rules shows them")
        }
        guard !reason.trimmed.isEmpty else {
            throw TopologyError(
                .missing, at: place, field: field, found: "\(rule) suppressed without a reason",
                allowed: "a reason for every suppression", remedy: "add \"reason:\" and why this is acceptable here")
        }
        self.rule = rule
        self.resource = resource
        self.reason = reason.trimmed
    }

    /// A suppression as the command line has it: `RULE=REASON`, or `RULE@RESOURCE=REASON` for one resource.
    public init(option: String) throws(TopologyError) {
        let equals = option.firstIndex(of: "=") ?? option.endIndex
        let target = option[..<equals].split(separator: "@", maxSplits: 1).map(String.init)
        try self.init(
            rule: target.first ?? "", resource: target.count > 1 ? target[1] : nil,
            reason: String(option[equals...].dropFirst()), field: "--suppress")
    }

    /// Those of a list `[{rule, reason, resource}]`, `resource` only where the list isn't a resource's own.
    static func all(
        in node: YAMLNode?, of resource: String? = nil, file: String
    ) throws(TopologyError) -> [LintSuppression] {
        guard let node, !node.isNull else { return [] }
        guard let items = node.items else {
            throw TopologyError(
                .malformed, at: SourcePlace(file: file, line: node.mark.line), field: "suppress", found: node.kind,
                allowed: "a list", remedy: "write \"suppress: [{rule: …, reason: …}]\"")
        }
        var all: [LintSuppression] = []
        for item in items {
            var fields = try FieldReader(item, file: file, path: "suppress")
            let rule = try fields.require(try fields.text("rule"), "rule", allowed: "a rule's id")
            let reason = try fields.text("reason") ?? ""
            let named = resource == nil ? try fields.text("resource") : nil
            try fields.finish()
            all.append(
                try LintSuppression(rule: rule, resource: resource ?? named, reason: reason, at: fields.place))
        }
        return all
    }

    /// Rules about what there is but one of.
    private static let singletonRules = [
        "group-single-zone", "group-minimum-too-small", "instance-without-group", "database-single-zone",
        "cluster-single-instance", "service-single-zone", "load-balancer-single-zone",
    ]

    /// Those of a CloudFormation `Metadata` section: `Footlight: {suppress: […]}`.
    static func all(
        inMetadata node: YAMLNode?, of resource: String?, file: String
    ) throws(TopologyError) -> [LintSuppression] {
        let own = node?["Footlight"]
        let listed = try all(in: own?["suppress"], of: resource, file: file)
        guard let single = own?["singleton"], let resource else { return listed }
        return try listed
            + singletonRules.map { (rule) throws(TopologyError) in
                try LintSuppression(
                    rule: rule, resource: resource, reason: single.text ?? "",
                    at: SourcePlace(file: file, line: single.mark.line), field: "singleton")
            }
    }
}
