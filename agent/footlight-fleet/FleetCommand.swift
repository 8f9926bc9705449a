public import ArgumentParser
internal import Configuration
internal import Documents
internal import Fleet
internal import Glibc
internal import LogCapture
public import Logging
internal import MQTT
internal import Mesh
internal import Platform

/// `footlight-fleet`: looks after a site's nodes, for ever.
@main
struct FleetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight-fleet",
        abstract: "Checks a site's nodes, replaces those that fail, updates them, lets them sleep.",
        discussion: """
            Two of them run, on different machines; one leads, the other takes over within seconds. Light doesn't depend
            on either. What they say stands below footlight/SITE/fleet/ (docs/fleet.md). SIGTERM gives the lead away and
            ends it.

            EXAMPLES
              footlight-fleet --config /etc/footlight/fleet.yaml
              footlight-fleet --config fleet.yaml --check      # exit code 0, or 78 with what is wrong and where
            """,
        version: Version.text)

    @Option(help: ArgumentHelp("The fleet's file (docs/fleet.md, examples/fleet.yaml).", valueName: "FILE"))
    var config: String

    @Flag(help: "Check the file, say what it describes, and exit.")
    var check = false

    @Option(help: ArgumentHelp("trace, debug, info, notice, warning or error.", valueName: "LEVEL"))
    var logLevel: Logger.Level = .info

    /// Begins without Swift's asynchronous main: that leaves the main thread in a `sigsuspend` which lets every signal
    /// through, and SIGTERM would end the process there and then.
    static func main() {
        Poller.block(FleetLoop.signals)
        Task.detached {
            await main(nil)
            exit(withError: nil)
        }
        while true { pause() }
    }

    func run() async throws {
        let file: FleetFile
        do {
            file = try FleetFile(path: config)
            try file.access.checkSecrets()
            try file.telemetry?.checkSecrets()
        } catch {
            standardError("\(error)\n")
            throw ExitCode(EX_CONFIG)
        }
        if check {
            let health = file.policy.health
            let range = health.detectionTime
            print(
                "\(config): fleet agent \(file.id) of site \(file.site): a node that doesn't answer is Unhealthy after "
                    + "\(range.lowerBound.text) to \(range.upperBound.text); \(file.policy.spares.count) spares, "
                    + "\(file.policy.scheduledActions.count) scheduled actions")
            return
        }
        let lines = LoggedLines.ofStandardError(from: logLevel)
        do {
            try await FleetAgent(file, lines: lines).run()
        } catch let error as MQTTError {
            standardError("footlight-fleet: \(error)\n")
            throw ExitCode(EX_CONFIG)
        }
    }

    private func standardError(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
    }
}

// A program's own conformance: nobody else's code is linked with it.
// swift-format-ignore: AvoidRetroactiveConformances
extension Logger.Level: @retroactive ExpressibleByArgument {}
