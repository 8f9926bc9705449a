internal import ArgumentParser
internal import Fleet

/// `footlight fleet resume`
struct FleetResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Makes the fleet agent do again what was suspended for a zone.",
        discussion: """
            EXAMPLES
              footlight fleet resume stairs
              footlight fleet resume stairs ReplaceUnhealthy
            """)

    @OptionGroup var arguments: ProcessArguments

    @OptionGroup(title: "SITE AND BROKER") var site: SiteOptions

    func run() async throws {
        try await arguments.order(.resume).give(to: site, saying: "\(arguments.zone): \(arguments.names) resumed")
    }
}
