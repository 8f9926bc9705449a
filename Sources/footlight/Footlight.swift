internal import ArgumentParser

/// `footlight`: the command line.
@main
struct Footlight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight",
        abstract: "LED bars that light up a staircase ahead of whoever walks on it.",
        subcommands: [ReplayCommand.self])

    /// Runs the command that the arguments name; what goes wrong is a sentence on standard error, and an exit code.
    static func main() async {
        do {
            var command = try await asyncParseAsRoot(nil)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard let failure = Failure(error) else { exit(withError: error) }
            failure.exit()
        }
    }
}
