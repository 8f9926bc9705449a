internal import ArgumentParser
internal import MQTT
internal import Mesh

/// `footlight`: the command line.
@main
struct Footlight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight",
        abstract: "LED bars that light up a staircase ahead of whoever walks on it.",
        discussion: """
            EXAMPLES
              footlight apply site.yaml            # publish the site; nodes follow
              footlight get                        # what is, and what is the matter
              footlight on stairs --brightness 40% --for 10m
              footlight trigger stair-01/bottom    # as if somebody walked in
              footlight health                     # does every node do its work
              footlight forget stair-03            # it is gone for good
              footlight doctor                     # on a node: what it lacks, and what to do

            ENVIRONMENT
              FOOTLIGHT_BROKER   the default of --broker
              FOOTLIGHT_SITE     the default of --site
              NO_COLOR           no colours, even on a terminal

            EXIT CODES
              0   done; of diff: nothing would change; of health: healthy
              1   not so: a node or the fleet agent said no; of sensor learn: none was heard; of diff: something would change; of doctor: something is to
                  be mended; of broker check: the broker lacks something; of health: not healthy; of refresh --wait: another end than was wanted
              64  wrong usage, or a name that nothing has
              65  a file that can't be read, or has faults
              69  no broker, or no answer
              77  the broker refused
            """,
        version: Version.text,
        subcommands: [
            Demo.self, Apply.self, Diff.self, Get.self, Watch.self, Sync.self, HealthCommand.self, FleetCommands.self,
            On.self, Off.self, Toggle.self, Auto.self,
            Trigger.self,
            Identify.self, Restart.self, Forget.self, Rename.self, DoctorCommand.self, ReplayCommand.self,
            TopologyCommand.self,
            SensorCommand.self, BrokerCommand.self,
        ])

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
            if let failure = Failure(error) ?? unknownCommand(in: CommandLine.arguments.dropFirst()) { failure.exit() }
            let message = fullMessage(for: error)
            // A completion script is no text for people.
            guard ["OVERVIEW: ", "USAGE: ", "Error: "].contains(where: message.hasPrefix) else {
                exit(withError: error)
            }
            let text = HelpText.wrapped(message)
            let code = exitCode(for: error)
            if !text.isEmpty {
                if code.isSuccess { Screen.show(lines: text + "\n") } else { StandardError.write(lines: text) }
            }
            exit(withError: code)
        }
    }
}
