internal import AWSTopology
internal import ArgumentParser

/// `footlight topology lint backend.yaml`
struct TopologyLintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint", abstract: "Find single points of failure and what else breaks the rules.",
        discussion: """
            FILE is a topology in Footlight's own form, a CloudFormation template (YAML or JSON), the output of \
            terraform show -json, or a terraform.tfstate; a folder for all of these in it; - for standard input. Exits 0 when nothing is graver than a note, 1 for warnings, 2 for errors, \
            64 for a wrong call and 65 for a file that can't be read or is wrong.
            """)

    /// How a report is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case json
        case sarif
    }

    @Argument(help: "What to check: files, folders, - for standard input.")
    var files: [String] = []

    @Option(help: "text, json or sarif.")
    var format = Format.text

    @OptionGroup var given: TopologyParameters

    @Option(
        name: .customLong("suppress"),
        help: ArgumentHelp("Accept a rule's findings (rule@resource for one resource).", valueName: "rule=reason"))
    var suppressions: [String] = []

    @Flag(help: "List the rules.")
    var listRules = false

    @Flag(help: "With --list-rules: as JSON.")
    var json = false

    @Option(help: ArgumentHelp("Say all about a rule.", valueName: "rule"))
    var explain: String?

    func validate() throws {
        if files.isEmpty, !listRules, explain == nil { throw ValidationError("Name the file to check.") }
        if files.count > 1, !given.parameters.isEmpty {
            throw ValidationError("--parameter goes with one file; check them one after the other.")
        }
        if json, !listRules { throw ValidationError("--json goes with --list-rules; for a report: --format json.") }
        do {
            for text in suppressions { _ = try LintSuppression(option: text) }
            if let explain { _ = try LintSuppression(rule: explain, reason: "none", field: "--explain") }
        } catch { throw ValidationError("\(error)") }
    }

    func run() throws {
        if listRules { return json ? Screen.show(json: LintRule.json) : Screen.show(lines: LintRule.table) }
        if let explain, let rule = LintRule.named(explain) { return Screen.show(lines: rule.explanation) }
        let reports = try TopologySources.reports(
            of: files, parameters: given.values, suppressions: try suppressions.map { try LintSuppression(option: $0) })
        if reports.reports.isEmpty {
            throw Failure(
                .badFile,
                "There is nothing to check in \(files.joined(separator: ", ")); name a file that describes a topology.")
        }
        switch format {
        case .text:
            for line in reports.lines {
                Screen.show(line.map { $0.style.paint($0.text, if: Screen.isColourful(1)) }.joined(separator: ""))
            }
        case .json: Screen.show(json: reports.json)
        case .sarif: Screen.show(json: reports.sarif)
        }
        if reports.exitCode != 0 { throw ExitCode(reports.exitCode) }
    }
}

extension LintReport.Span {
    /// How it stands out.
    fileprivate var style: Style {
        switch role {
        case .plain: .plain
        case .place, .severity(.info): .bold
        case .severity(.error): .red
        case .severity(.warning): .yellow
        case .remedy: .green
        case .suppressed: .dim
        }
    }
}
