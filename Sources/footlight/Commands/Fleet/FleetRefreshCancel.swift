internal import ArgumentParser
internal import Fleet

/// `footlight fleet refresh cancel`
struct FleetRefreshCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Begins no more updates; those under way end first.",
        discussion: """
            EXAMPLES
              footlight fleet refresh cancel stairs
              footlight fleet refresh cancel stairs --wait
            """)

    @Argument(help: ArgumentHelp("The zone.", valueName: "ZONE"))
    var zone: String

    @Flag(help: "Wait for its end.")
    var wait = false

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await RefreshOrder(FleetOrder(.cancelRefresh, zone: zone), zone: zone, successes: [.cancelled]).give(
            to: site, waiting: wait
        ) { _ in "\(zone): no more updates are begun; nodes that have the new version keep it" }
    }
}
