internal import ArgumentParser
internal import Fleet

/// `footlight fleet standby`
struct FleetStandby: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "standby",
        abstract: "Takes a node out of service, to work on it: it isn't checked, nor replaced.",
        discussion: """
            What is being done to the node ends first. Its bars light as before, as long
            as its agent runs.

            EXAMPLES
              footlight fleet standby stair-03
              footlight fleet in-service stair-03      # when you are done
            """)

    @Argument(help: ArgumentHelp("The node.", valueName: "NODE"))
    var node: String

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await FleetOrder(.enterStandby, node: node).give(
            to: site,
            saying: "\(node) goes to Standby: not checked and not replaced until `footlight fleet in-service \(node)`")
    }
}
