import ArgumentParser

/// The command line.
@main
struct Footlight: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight", abstract: "LED stair lights on MQTT.", subcommands: [TopologyCommand.self])
}
