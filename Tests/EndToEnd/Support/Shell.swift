import MQTT
import Processes
import TestSupport

/// The command line for a broker, with files of its own.
struct Shell: Sendable {
    let folder: TemporaryFolder
    let environment: [String: String]

    init(_ address: BrokerAddress, site: String? = nil) throws {
        folder = try TemporaryFolder("shell")
        var environment = ["FOOTLIGHT_BROKER": "\(address)"]
        environment["FOOTLIGHT_SITE"] = site
        self.environment = environment
    }

    /// Runs `footlight`.
    func footlight(_ arguments: String..., within limit: Duration = .seconds(20)) async throws -> CommandResult {
        try await CommandResult.footlight(arguments, environment: environment, within: limit)
    }

    /// Runs `footlight apply`, or another command, with a site file of this text.
    func apply(_ text: String, command: String = "apply", _ options: String...) async throws -> CommandResult {
        let file = try folder.write(text, to: "site.yaml")
        return try await CommandResult.footlight([command, file] + options, environment: environment)
    }
}
