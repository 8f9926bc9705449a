internal import ArgumentParser
internal import Configuration

/// `footlight apply`
struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the site as a file says.",
        discussion: """
            Publishes what differs between the file and the broker, removes the zones that the file no longer has,
            reads everything back, and waits (10 s at most) until the nodes that are there report that they have taken
            it up: who hasn't is named with the reason, and the exit code is 1. A file with a fault changes nothing.
            Nodes that are offline follow when they come.

            EXAMPLES
              footlight apply site.yaml
              footlight apply site.yaml --dry-run    # check the file, and show what would change
              footlight apply site.yaml --force      # publish what hasn't changed, too
              footlight apply site.yaml --no-wait    # go once the broker has it, whatever nodes make of it
            """)

    private static let shownWarnings = 20

    @Argument(help: ArgumentHelp("The site file (examples/site.yaml).", valueName: "FILE"), completion: .file())
    var file: String

    @Flag(help: "Publish nothing.")
    var dryRun = false

    @Flag(help: "Publish what hasn't changed, too.")
    var force = false

    @Flag(help: "Don't wait until the nodes have taken it up.")
    var noWait = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let file = try SiteFile(path: file)
        let laggards = try await site.withSite(of: file.site) { session in
            let snapshot = try await session.snapshot()
            async let split = session.splitBeside(snapshot.presence)
            let plan = SitePlan(file, on: snapshot, force: force)
            var laggards: [SiteUptake.Laggard] = []
            if !dryRun {
                try await SitePublisher(session: session, plan: plan).publish()
                if !noWait {
                    laggards = try await session.laggards(of: SiteUptake(plan, on: snapshot)) { line in
                        StandardError.write("\(line)")
                    }
                }
            }
            let warnings = (await split.map { [$0] } ?? []) + plan.warnings(on: snapshot)
            try show(plan, laggards: laggards, warnings: warnings, at: "\(session.broker)")
            return laggards
        }
        if !laggards.isEmpty { throw ExitCode(Failure.Code.notSo.rawValue) }
    }

    private func show(
        _ plan: SitePlan, laggards: [SiteUptake.Laggard], warnings: [String], at broker: String
    ) throws {
        if json { return try JSONOutput.show(plan.report(warnings: warnings, laggards: laggards)) }
        for line in plan.lines(all: true, colourful: Screen.isColourful(1)) { Screen.show(line) }
        let published = plan.zones.filter { $0.message != nil }.count
        let removed = plan.zones.filter { $0.change == .removed }.count
        let counts =
            [(published, "published"), (removed, "removed")].filter { $0.0 > 0 }
            .map { Words.count($0.0, "zone") + " " + $0.1 }.joined(separator: ", ")
        if dryRun {
            Screen.show(plan.isEmpty ? "Nothing would change." : "Nothing was published (--dry-run).")
        } else if counts.isEmpty, plan.message == nil {
            Screen.show("Site \(plan.site) is as the file says.")
        } else {
            Screen.show("Site \(plan.site) at \(broker): \(counts.isEmpty ? "site published" : counts), and read back.")
        }
        for laggard in laggards.prefix(Apply.shownWarnings) {
            StandardError.write("footlight: \(laggard.sentence)")
        }
        if laggards.count > Apply.shownWarnings {
            StandardError.write("footlight: and \(laggards.count - Apply.shownWarnings) more (--json has them all)")
        }
        for warning in warnings.prefix(Apply.shownWarnings) { StandardError.warn("\(warning)") }
        if warnings.count > Apply.shownWarnings {
            StandardError.warn("and \(warnings.count - Apply.shownWarnings) more of the kind (--json has them all)")
        }
    }
}
