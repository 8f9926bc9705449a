internal import ArgumentParser
internal import Fleet

/// `footlight fleet refresh rollback`
struct FleetRefreshRollback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback",
        abstract: "Takes nodes back to the versions that they had, the last first.",
        discussion: """
            EXAMPLES
              footlight fleet refresh rollback stairs --wait
            """)

    @Argument(help: ArgumentHelp("The zone.", valueName: "ZONE"))
    var zone: String

    @Flag(help: "Wait for its end.")
    var wait = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let order = FleetOrder(.rollbackRefresh, zone: zone)
        try await RefreshOrder(order, zone: zone, successes: [.rollbackSuccessful]).give(to: site, waiting: wait) {
            group in
            let touched = group?.refresh?.touched.count ?? 0
            return "\(zone): \(Words.count(touched, "node")) that the refresh has touched go back to what they had"
        }
    }
}
