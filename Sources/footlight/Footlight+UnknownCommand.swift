internal import ArgumentParser

extension Footlight {
    /// What is to be said where the arguments name a command that isn't there; nil: what is wrong is something else.
    static func unknownCommand(in arguments: some Sequence<String>) -> Failure? {
        var command: any ParsableCommand.Type = Footlight.self
        var path = "footlight"
        for argument in arguments {
            let commands = command.configuration.subcommands
            guard !commands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
            if let next = commands.first(where: { $0._commandName == argument }) {
                command = next
                path += " " + argument
                continue
            }
            let names = commands.map { $0._commandName }
            return Failure(
                .usage,
                "\(path) has no command \"\(argument)\"; \(Words.proposal(for: argument, among: names, noun: "commands"))"
                    + " (\(path) --help)")
        }
        return nil
    }
}
