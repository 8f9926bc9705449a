internal import ArgumentParser
internal import Fleet

/// `footlight fleet in-service`
struct FleetInService: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "in-service",
        abstract: "Takes a node back into service after Standby.",
        discussion: """
            EXAMPLES
              footlight fleet in-service stair-03
            """)

    @Argument(help: ArgumentHelp("The node.", valueName: "NODE"))
    var node: String

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await FleetOrder(.exitStandby, node: node).give(
            to: site, saying: "\(node) is Pending, and InService as soon as it answers a check")
    }
}
