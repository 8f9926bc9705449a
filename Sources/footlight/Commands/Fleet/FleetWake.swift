internal import ArgumentParser
internal import Fleet

/// `footlight fleet wake`
struct FleetWake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wake",
        abstract: "Wakes a zone's nodes until the next scheduled action.",
        discussion: """
            EXAMPLES
              footlight fleet wake stairs
            """)

    @Argument(help: ArgumentHelp("The zone.", valueName: "ZONE"))
    var zone: String

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await FleetOrder(.wake, zone: zone).give(
            to: site, saying: "\(zone) wakes, and is awake until its next scheduled action")
    }
}
