internal import ArgumentParser

/// `footlight sensor`
struct SensorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensor",
        abstract: "Finds out about sensors of other makers.",
        subcommands: [SensorLearn.self])
}
