internal import ArgumentParser

/// `footlight topology simulate …`
struct TopologySimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Play through what may happen to a topology.",
        subcommands: [TopologySimulateOutageCommand.self])
}
