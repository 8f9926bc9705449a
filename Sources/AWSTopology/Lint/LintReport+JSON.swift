extension LintReport {
    /// The report for programs, keys in a fixed order.
    public var json: String { jsonValue.text }

    var jsonValue: JSONText {
        .object([
            ("file", .string(file)),
            ("errors", .number(count(.error))), ("warnings", .number(count(.warning))),
            ("notes", .number(count(.info))),
            ("findings", .list(findings.map { Self.json($0) })),
            ("suppressed", .list(suppressed.map { Self.json($0) })),
            (
                "notLookedAt",
                .list(
                    unseen.map { part in
                        let entries: [(String, JSONText)] = [
                            ("kind", .string(part.kind.rawValue)), ("what", .string(part.what)),
                            ("detail", .string(part.detail)),
                        ]
                        return .object(entries + (part.place.map { [("line", .number($0.line))] } ?? []))
                    })
            ),
        ])
    }

    private static func json(_ finding: LintFinding) -> JSONText {
        var entries: [(String, JSONText)] = [
            ("rule", .string(finding.rule.id)), ("severity", .string(finding.rule.severity.rawValue)),
            ("resource", .string(finding.resource)),
        ]
        if let place = finding.place { entries.append(("line", .number(place.line))) }
        entries += [
            ("message", .string(finding.message)), ("breaks", .string(finding.rule.breaks)),
            ("why", .string(finding.rule.why)), ("remedy", .string(finding.rule.remedy)),
        ]
        if let reason = finding.suppression?.reason { entries.append(("reason", .string(reason))) }
        return .object(entries)
    }
}
