internal import ArgumentParser
internal import Configuration

/// `footlight diff`
struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what apply would change.",
        discussion: """
            One line for each field that differs, each zone that would come (+) and each that would go (-).
            Exit code 0 if nothing would change, 1 if something would, more if that can't be told.

            EXAMPLES
              footlight diff site.yaml
              footlight diff site.yaml --json | jq '.zones[] | select(.change != "unchanged").zone'
              footlight diff site.yaml >/dev/null || footlight apply site.yaml
            """)

    @Argument(help: ArgumentHelp("The site file (examples/site.yaml).", valueName: "FILE"), completion: .file())
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let file = try SiteFile(path: file)
        let isSame = try await site.withSite(of: file.site) { session in
            let snapshot = try await session.snapshot()
            let plan = SitePlan(file, on: snapshot, force: false)
            if json {
                try JSONOutput.show(plan.report(warnings: plan.warnings(on: snapshot)))
            } else {
                for line in plan.lines(all: false, colourful: Screen.isColourful(1)) { Screen.show(line) }
            }
            return plan.isEmpty
        }
        if !isSame { throw ExitCode(Failure.Code.notSo.rawValue) }
    }
}
