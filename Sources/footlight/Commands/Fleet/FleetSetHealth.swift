internal import ArgumentParser
internal import Fleet

/// `footlight fleet set-health`
struct FleetSetHealth: AsyncParsableCommand {
    /// What may be said of a node.
    enum Health: String, CaseIterable, ExpressibleByArgument {
        case healthy = "Healthy"
        case unhealthy = "Unhealthy"
    }

    static let configuration = CommandConfiguration(
        commandName: "set-health",
        abstract: "Says that a node is Healthy or Unhealthy, until its checks say otherwise.",
        discussion: """
            An Unhealthy node is restarted, rebooted, replaced by a spare, in this order,
            also while something else would hold that back.

            EXAMPLES
              footlight fleet set-health stair-03 Unhealthy
              footlight fleet set-health stair-03 Unhealthy --no-respect-grace-period
            """)

    @Argument(help: ArgumentHelp("The node.", valueName: "NODE"))
    var node: String

    @Argument(help: ArgumentHelp("Healthy or Unhealthy.", valueName: "HEALTH"))
    var health: Health

    @Flag(inversion: .prefixedNo, help: "Whether a node that has just come into service is left alone.")
    var respectGracePeriod = true

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        var command = FleetCommand(.setHealth, id: SiteSession.newID(), node: node)
        command.health = health == .healthy ? .healthy : .unhealthy
        command.shouldRespectGracePeriod = respectGracePeriod
        let sentence =
            health == .healthy
            ? "\(node) counts as Healthy, until its checks say otherwise"
            : "\(node) counts as Unhealthy: it is restarted, rebooted or replaced, as far as that is possible"
        try await FleetOrder(command).give(to: site, saying: sentence)
    }
}
