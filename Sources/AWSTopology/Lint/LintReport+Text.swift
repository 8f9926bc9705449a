extension LintReport {
    /// A piece of a line of the report, and what it is: whoever shows it decides how.
    public struct Span: Sendable, Hashable {
        /// The role of a piece of text.
        public enum Role: Sendable, Hashable {
            /// Words like any.
            case plain
            /// A place in a file.
            case place
            /// A severity.
            case severity(LintSeverity)
            /// A lead to the remedy.
            case remedy
            /// A finding that is accepted.
            case suppressed
        }

        /// The text.
        public var text: String
        /// The role.
        public var role: Role

        init(_ text: String, _ role: Role = .plain) {
            self.text = text
            self.role = role
        }
    }

    /// The report as a compiler would write it, a finding of three lines each, what wasn't looked at, and a line of
    /// sums.
    public var text: String { lines.map { $0.map(\.text).joined() + "\n" }.joined() }

    /// The lines of ``text`` in pieces.
    public var lines: [[Span]] {
        var lines: [[Span]] = []
        for finding in findings {
            let rule = finding.rule
            lines.append(
                (finding.place.map { [Span("\($0):", .place), Span(" ")] } ?? [])
                    + [
                        Span("\(rule.severity.rawValue):", .severity(rule.severity)),
                        Span(" [\(rule.id)] \(finding.message)"),
                    ])
            lines.append([Span("    \(rule.why) (\(rule.breaks))")])
            lines.append([Span("    "), Span("do:", .remedy), Span(" \(rule.remedy)")])
        }
        for finding in suppressed {
            let place = finding.place.map { "\($0): " } ?? ""
            let reason = finding.suppression?.reason ?? ""
            lines.append([
                Span("\(place)suppressed: [\(finding.rule.id)] \(finding.resource): \(reason)", .suppressed)
            ])
        }
        return lines + unseenLines + [[Span("\(file): \(summary)")]]
    }

    /// What wasn't looked at, a line for each, ten of each kind at most.
    private var unseenLines: [[Span]] {
        guard !unseen.isEmpty else { return [] }
        var lines = [[Span("not looked at:")]]
        for kind in UnseenPart.Kind.allCases {
            let parts = unseen.filter { $0.kind == kind }
            for part in parts.prefix(10) {
                lines.append([Span("    "), Span(part.place.map { "\($0): " } ?? "", .place), Span(part.text)])
            }
            if parts.count > 10 { lines.append([Span("    and \(parts.count - 10) more; --format json has all")]) }
        }
        return lines
    }
}
