extension LintReport {
    /// What this report finds and another one doesn't, a line for each rule and what is wrong, without places: for what
    /// stands in no file, such as the states of a migration.
    func lines(beyond other: LintReport) -> [String] {
        let known = Set(other.findings.map { "\($0.rule.id) \($0.resource)" })
        var lines: [(rule: LintRule, what: String, resources: [String])] = []
        for finding in findings where !known.contains("\(finding.rule.id) \(finding.resource)") {
            let what = String(finding.message.dropFirst(finding.resource.count))
            if let index = lines.firstIndex(where: { $0.rule.id == finding.rule.id && $0.what == what }) {
                lines[index].resources.append(finding.resource)
            } else {
                lines.append((finding.rule, what, [finding.resource]))
            }
        }
        return lines.map { rule, what, resources in
            let names =
                resources.count > 3
                ? "\(resources[0]) and \(resources.count - 1) more" : resources.joined(separator: ", ")
            return "\(rule.severity.rawValue): [\(rule.id)] \(names)\(resources.count > 1 ? ", each:" : "")\(what)"
        }
    }
}
