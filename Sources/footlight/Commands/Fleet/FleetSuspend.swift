internal import ArgumentParser
internal import Fleet

/// `footlight fleet suspend`
struct FleetSuspend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend",
        abstract: "Makes the fleet agent leave something undone for a zone.",
        discussion: """
            What is under way goes on to its end.

            EXAMPLES
              footlight fleet suspend stairs ReplaceUnhealthy
              footlight fleet suspend stairs                    # everything
            """)

    @OptionGroup var arguments: ProcessArguments

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        let zone = arguments.zone
        try await arguments.order(.suspend).give(
            to: site, saying: "\(zone): \(arguments.names) suspended until `footlight fleet resume \(zone)`")
    }
}
