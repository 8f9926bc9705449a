internal import ArgumentParser
internal import Fleet

/// `footlight fleet sleep`
struct FleetSleep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sleep",
        abstract: "Sends a zone's nodes to sleep until the next scheduled action.",
        discussion: """
            EXAMPLES
              footlight fleet sleep stairs
              footlight fleet scheduled-actions stairs      # when it wakes
            """)

    @Argument(help: ArgumentHelp("The zone.", valueName: "ZONE"))
    var zone: String

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await FleetOrder(.sleep, zone: zone).give(
            to: site,
            saying: "\(zone) goes to sleep until its next scheduled action, or `footlight fleet wake \(zone)`")
    }
}
