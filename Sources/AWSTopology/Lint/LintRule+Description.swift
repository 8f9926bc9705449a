extension LintRule {
    /// Everything about the rule, for `--explain`.
    public var explanation: String {
        """
        \(id) (\(severity.rawValue))
          breaks: \(breaks)
          why:    \(why)
          do:     \(remedy)
          accept: --suppress \(id)=REASON, or in the file's own words: {rule: \(id), reason: …}

        """
    }

    /// All rules as a table.
    public static var table: String {
        let width = all.map(\.id.count).max() ?? 0
        return all.map { rule in
            rule.id + String(repeating: " ", count: width + 2 - rule.id.count)
                + rule.severity.rawValue + String(repeating: " ", count: 9 - rule.severity.rawValue.count) + rule.breaks
        }.joined(separator: "\n") + "\n"
    }

    /// All rules as JSON.
    public static var json: String {
        JSONText.list(
            all.map { rule in
                .object([
                    ("id", .string(rule.id)), ("severity", .string(rule.severity.rawValue)),
                    ("breaks", .string(rule.breaks)), ("why", .string(rule.why)), ("remedy", .string(rule.remedy)),
                ])
            }
        ).text
    }
}
