internal import ArgumentParser
internal import Configuration

/// `footlight apply`
struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes the site as a file says.",
        discussion: """
            Publishes what differs between the file and the broker, removes the zones that the file no longer has, and
            reads everything back. A file with a fault changes nothing. Nodes that are offline follow when they come.

            EXAMPLES
              footlight apply site.yaml
              footlight apply site.yaml --dry-run    # check the file, and show what would change
              footlight apply site.yaml --force      # publish what hasn't changed, too
            """)

    private static let shownWarnings = 20

    @Argument(help: ArgumentHelp("The site file (examples/site.yaml).", valueName: "FILE"), completion: .file())
    var file: String

    @Flag(help: "Publish nothing.")
    var dryRun = false

    @Flag(help: "Publish what hasn't changed, too.")
    var force = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let file = try SiteFile(path: file)
        try await site.withSite(of: file.site) { session in
            let snapshot = try await session.snapshot()
            let plan = SitePlan(file, on: snapshot, force: force)
            if !dryRun { try await SitePublisher(session: session, plan: plan).publish() }
            try show(plan, on: snapshot, at: "\(session.broker)")
        }
    }

    private func show(_ plan: SitePlan, on snapshot: SiteSnapshot, at broker: String) throws {
        let warnings = plan.warnings(on: snapshot)
        if json { return try JSONOutput.show(plan.report(warnings: warnings)) }
        for line in plan.lines(all: true, colourful: Screen.isColourful(1)) { print(line) }
        let published = plan.zones.filter { $0.message != nil }.count
        let removed = plan.zones.filter { $0.change == .removed }.count
        let counts =
            [(published, "published"), (removed, "removed")].filter { $0.0 > 0 }
            .map { Words.count($0.0, "zone") + " " + $0.1 }.joined(separator: ", ")
        if dryRun {
            print(plan.isEmpty ? "Nothing would change." : "Nothing was published (--dry-run).")
        } else if counts.isEmpty, plan.message == nil {
            print("Site \(plan.site) is as the file says.")
        } else {
            print("Site \(plan.site) at \(broker): \(counts.isEmpty ? "site published" : counts), and read back.")
        }
        for warning in warnings.prefix(Apply.shownWarnings) { StandardError.warn(warning) }
        if warnings.count > Apply.shownWarnings {
            StandardError.warn("and \(warnings.count - Apply.shownWarnings) more of the kind (--json has them all)")
        }
    }
}
