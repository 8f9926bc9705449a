internal import ArgumentParser

/// `footlight topology …`: the backend's home in AWS.
struct TopologyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topology", abstract: "Describe, check and plan the backend's home in AWS.",
        subcommands: [
            TopologyInitCommand.self, TopologyImportCommand.self, TopologyAddressesCommand.self,
            TopologyLintCommand.self,
            TopologySimulateCommand.self, TopologyMigrateCommand.self, TopologyRenderCommand.self,
            TopologyCostCommand.self, TopologyDiffCommand.self,
        ])
}
