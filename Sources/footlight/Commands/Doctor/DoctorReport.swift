internal import Doctor
internal import Hardware

/// What was found of one agent, for a person or a program.
struct DoctorReport: Encodable, Hashable {
    /// The agent's file.
    let file: String
    let findings: [Finding]

    /// Whether any finding is this bad.
    func has(_ verdict: Finding.Verdict) -> Bool { findings.contains { $0.verdict == verdict } }

    /// Writes it to standard output: a line for each finding, and one below for what to do.
    func show(isFirst: Bool) {
        let isColourful = Screen.isColourful(1)
        if !isFirst { Screen.show("") }
        Screen.show(Style.bold.paint(file, if: isColourful))
        let width = findings.map(\.check.count).max() ?? 0
        for finding in findings {
            let (word, style): (String, Style) =
                switch finding.verdict {
                case .fine: ("ok  ", .green)
                case .warning: ("warn", .yellow)
                case .fault: ("mend", .red)
                }
            let check = Printable.text(finding.check)
            let padding = String(repeating: " ", count: max(0, width - check.count))
            let margin = String(repeating: " ", count: width + 10)
            let found = Wrapping.wrap(finding.found, margin: margin)
            Screen.show("  \(style.paint(word, if: isColourful))  \(check)\(padding)  \(found)")
            if let remedy = finding.remedy {
                let text = "→ " + Wrapping.wrap(remedy, margin: margin + "  ")
                Screen.show("\(margin)\(Style.bold.paint(text, if: isColourful))")
            }
        }
    }

    /// Writes how much there is to do.
    static func showSum(of reports: [DoctorReport]) {
        let all = reports.flatMap(\.findings)
        let faults = all.count { $0.verdict == .fault }
        let warnings = all.count { $0.verdict == .warning }
        let sum =
            switch (faults, warnings) {
            case (0, 0): "All is well."
            case (0, _): "Nothing to mend, \(Words.count(warnings, "warning"))."
            case (_, 0): "\(faults) to mend."
            default: "\(faults) to mend, \(Words.count(warnings, "warning"))."
            }
        Screen.show("\n\(sum)")
    }
}
