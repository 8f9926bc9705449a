internal import ArgumentParser

/// `footlight broker`
struct BrokerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "Finds out about brokers.",
        subcommands: [BrokerCheck.self])
}
