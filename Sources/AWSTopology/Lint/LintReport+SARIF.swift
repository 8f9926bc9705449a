extension LintReport {
    /// The report in SARIF 2.1.0, which GitHub and editors show beside the code.
    ///
    /// - Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
    public var sarif: String { Self.sarif(of: [self], []) }

    /// Several reports, a run each; what wasn't read at all is a notification of the last.
    static func sarif(of reports: [LintReport], _ skipped: [LintReports.Skipped]) -> String {
        let runs = reports.enumerated().map { index, report in
            JSONText.object([
                ("tool", .object([("driver", report.driver)])),
                ("results", .list((report.findings + report.suppressed).map { report.result($0) })),
                ("columnKind", .string("unicodeCodePoints")),
                ("invocations", .list([report.invocation(index == reports.count - 1 ? skipped : [])])),
            ])
        }
        return JSONText.object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .string("2.1.0")),
            ("runs", .list(runs)),
        ]).text
    }

    /// What wasn't looked at, as SARIF has it: notifications of the run.
    private func invocation(_ skipped: [LintReports.Skipped]) -> JSONText {
        let notes =
            unseen.map { Self.notification("not looked at: \($0.text)", $0.place?.file, $0.place?.line) }
            + skipped.map { Self.notification("not read: \($0.reason)", $0.file, nil) }
        return .object([
            ("executionSuccessful", .bool(true)), ("toolExecutionNotifications", .list(notes)),
        ])
    }

    private static func notification(_ text: String, _ file: String?, _ line: Int?) -> JSONText {
        var entries: [(String, JSONText)] = [
            ("level", .string("note")), ("message", .object([("text", .string(text))])),
        ]
        if let file {
            var physical: [(String, JSONText)] = [("artifactLocation", .object([("uri", .string(uri(file)))]))]
            if let line { physical.append(("region", .object([("startLine", .number(line))]))) }
            entries.append(("locations", .list([.object([("physicalLocation", .object(physical))])])))
        }
        return .object(entries)
    }

    private var driver: JSONText {
        .object([
            ("name", .string("footlight topology lint")),
            (
                "rules",
                .list(
                    LintRule.all.map { rule in
                        .object([
                            ("id", .string(rule.id)),
                            ("shortDescription", .object([("text", .string(rule.why))])),
                            ("help", .object([("text", .string("\(rule.remedy). Breaks \(rule.breaks)."))])),
                            (
                                "defaultConfiguration", .object([("level", .string(Self.level(rule.severity)))])
                            ),
                        ])
                    })
            ),
        ])
    }

    private static func level(_ severity: LintSeverity) -> String { severity == .info ? "note" : severity.rawValue }

    private func result(_ finding: LintFinding) -> JSONText {
        let rule = finding.rule
        var physical: [(String, JSONText)] = [
            ("artifactLocation", .object([("uri", .string(Self.uri(finding.place?.file ?? file)))]))
        ]
        if let place = finding.place { physical.append(("region", .object([("startLine", .number(place.line))]))) }
        let location: JSONText = .object([
            ("physicalLocation", .object(physical)),
            (
                "logicalLocations",
                .list([.object([("name", .string(finding.resource)), ("kind", .string("resource"))])])
            ),
        ])
        var entries: [(String, JSONText)] = [
            ("ruleId", .string(rule.id)),
            ("ruleIndex", .number(LintRule.all.firstIndex { $0.id == rule.id } ?? 0)),
            ("level", .string(Self.level(rule.severity))),
            ("message", .object([("text", .string("\(finding.message): \(rule.why). \(rule.remedy)."))])),
            ("locations", .list([location])),
        ]
        if let suppression = finding.suppression {
            entries.append(
                (
                    "suppressions",
                    .list([
                        .object([("kind", .string("external")), ("justification", .string(suppression.reason))])
                    ])
                ))
        }
        return .object(entries)
    }

    /// A path as a relative reference: what isn't allowed in one is escaped.
    private static func uri(_ path: String) -> String {
        var uri = ""
        for byte in path.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 47, 95, 126].contains(byte)
            if isPlain {
                uri.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                uri += "%" + (hex.count == 1 ? "0" + hex : hex)
            }
        }
        return uri
    }
}
