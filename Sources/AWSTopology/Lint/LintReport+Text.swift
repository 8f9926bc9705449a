extension LintReport {
    /// The report as a compiler would write it, a finding of three lines each and a line of sums.
    ///
    /// - Parameter colours: Whether to mark severities with a terminal's colours.
    public func text(colours: Bool = false) -> String {
        func paint(_ text: String, _ code: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
        var lines: [String] = []
        for finding in findings {
            let rule = finding.rule
            let code =
                switch rule.severity {
                case .error: "1;31"
                case .warning: "1;33"
                case .info: "1;36"
                }
            let place = finding.place.map { paint("\($0):", "1") + " " } ?? ""
            lines.append("\(place)\(paint("\(rule.severity.rawValue):", code)) [\(rule.id)] \(finding.message)")
            lines.append("    \(rule.why) (\(rule.breaks))")
            lines.append("    \(paint("do:", "32")) \(rule.remedy)")
        }
        for finding in suppressed {
            let place = finding.place.map { "\($0): " } ?? ""
            lines.append(
                paint("\(place)suppressed: [\(finding.rule.id)] \(finding.resource)", "2")
                    + paint(": \(finding.suppression?.reason ?? "")", "2"))
        }
        return (lines + ["\(file): \(summary)"]).joined(separator: "\n") + "\n"
    }
}
