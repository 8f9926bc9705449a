internal import ArgumentParser
internal import HomeAssistant
internal import Mesh

/// `footlight forget`
struct Forget: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Clears what the broker keeps of a node that is gone for good.",
        discussion: """
            Its status, bars, sensors, light sensors and delivery, which places it fills, and the fleet agent's record of
            it. Zones go on naming its places, so that a new node of its name, or a spare, fills them.

            EXIT CODES
              1   the node is there (--force forgets it all the same), or has said everything again
              64  nobody knows such a node
              77  the broker didn't let this user clear it

            EXAMPLES
              footlight forget stair-03 --dry-run    # what would be cleared, and who names it
              footlight forget stair-03
              footlight forget stair-03 --force      # said to be online, and gone: the broker was away when it went
              footlight forget stair-03 --json | jq -r '.zones[].zone'
            """)

    @Argument(help: ArgumentHelp("The node.", valueName: "NODE"))
    var node: String

    @Flag(help: "Clear nothing.")
    var dryRun = false

    @Flag(help: "Even if it is said to be there.")
    var force = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await site.withSite { session in
            let snapshot = try await session.snapshot(of: [node])
            let elsewhere = await session.otherBroker(of: node, unlike: snapshot.presence)
            let plan = try ForgetPlan(
                node, on: snapshot, elsewhere: elsewhere, force: force)
            if !dryRun { await session.withdraw([.node(node)], snapshot.siteMessage?.homeAssistant) }
            let after = dryRun ? nil : try await session.clear(plan.topics, of: node)
            let report = ForgetReport(plan, after: after)
            try show(report)
            if !dryRun { try ForgetReport.check(report.rows, of: node, site: session.site) }
        }
    }

    private func show(_ report: ForgetReport) throws {
        if json { return try JSONOutput.show(report) }
        if report.rows.isEmpty {
            Screen.show("The broker keeps nothing of \(node).")
        } else {
            ForgetReport.table(report.rows).show()
        }
        for remark in report.remarks { Screen.show("\(remark)") }
        if dryRun { Screen.show("Nothing was cleared (--dry-run).") }
    }
}
