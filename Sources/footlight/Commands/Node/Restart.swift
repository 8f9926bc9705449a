internal import ArgumentParser

/// `footlight restart`
struct Restart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ends a node's agent in good order, to be started again by what runs it.",
        discussion: """
            systemd starts it again; an agent that was started by hand just ends.

            EXAMPLES
              footlight restart stair-03
            """)

    @Argument(help: ArgumentHelp("The node.", valueName: "NODE"))
    var node: String

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let order = NodeOrder(action: "restart", node: node, sensor: nil, time: nil)
        try await order.give(to: site, saying: "\(node) restarts")
    }
}
