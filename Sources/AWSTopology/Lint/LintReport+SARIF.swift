extension LintReport {
    /// The report in SARIF 2.1.0, which GitHub and editors show beside the code.
    ///
    /// - Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
    public var sarif: String {
        JSONText.object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .string("2.1.0")),
            (
                "runs",
                .list([
                    .object([
                        ("tool", .object([("driver", driver)])),
                        ("results", .list((findings + suppressed).map { result($0) })),
                        ("columnKind", .string("unicodeCodePoints")), ("invocations", .list([invocation])),
                    ])
                ])
            ),
        ]).text
    }

    /// What wasn't looked at, as SARIF has it: notifications of the run.
    private var invocation: JSONText {
        .object([
            ("executionSuccessful", .bool(true)),
            (
                "toolExecutionNotifications",
                .list(
                    unseen.map { part in
                        var entries: [(String, JSONText)] = [
                            ("level", .string("note")),
                            ("message", .object([("text", .string("not looked at: \(part.text)"))])),
                        ]
                        if let place = part.place {
                            let physical: JSONText = .object([
                                ("artifactLocation", .object([("uri", .string(Self.uri(place.file)))])),
                                ("region", .object([("startLine", .number(place.line))])),
                            ])
                            entries.append(("locations", .list([.object([("physicalLocation", physical)])])))
                        }
                        return .object(entries)
                    })
            ),
        ])
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
