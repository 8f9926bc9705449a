public import ArgumentParser
internal import CLinux
internal import Configuration
internal import Glibc
internal import Hardware
internal import Lighting
internal import LogCapture
public import Logging
internal import MQTT
internal import Mesh
internal import NodeFile

/// `footlight-agent`: plays a node, for ever.
@main
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footlight-agent",
        abstract: "Lights a node's LED bars when its sensors, or those of its zones, see motion.",
        discussion: """
            One agent runs on each node, for ever (systemd: footlight-agent@NODE). It needs a broker only to hear of
            other nodes: without one its own sensors light its own bars. SIGTERM fades the light out and ends it; SIGUSR1
            is motion at its simulated sensors.

            EXAMPLES
              footlight-agent --config /etc/footlight/stair-01.yaml
              footlight-agent --config stair-01.yaml --check      # exit code 0, or 78 with what is wrong and where
            """,
        version: Version.text)

    @Option(help: ArgumentHelp("The node's configuration (docs/protocol.md, examples/agent.yaml).", valueName: "FILE"))
    var config: String

    @Flag(help: "Check the configuration, say what it describes, and exit.")
    var check = false

    @Flag(
        help: """
            Show what bars are to show after their agent was killed, and exit: for systemd's ExecStopPost=. Where \
            SERVICE_RESULT says that it ended well, nothing is done.
            """)
    var killed = false

    @Option(help: ArgumentHelp("trace, debug, info, notice, warning or error.", valueName: "LEVEL"))
    var logLevel: Logger.Level = .info

    func run() throws {
        let file: AgentFile
        let zones: SiteFile?
        do {
            file = try AgentFile(path: config)
            zones = try file.siteFile.map { try SiteFile(path: $0) }
            if let zones { try checkZones(zones, of: file) }
            try file.access.checkSecrets()
        } catch {
            standardError("\(error)\n")
            throw ExitCode(EX_CONFIG)
        }
        if check {
            for node in file.nodes {
                let counts = "\(counted(node.bars.count, "bar")), \(counted(node.sensors.count, "sensor"))"
                for bar in node.bars { if let warning = bar.warning { standardError("\(config): \(warning)\n") } }
                print("\(config): node \(node.name) of site \(file.site): \(counts)")
            }
            return
        }
        if killed {
            if getenv("SERVICE_RESULT").map({ String(cString: $0) }) != "success" { showKilled(file) }
            return
        }
        let lines = LoggedLines.ofStandardError(from: logLevel)
        do {
            let agent = try Agent(file, zones: zones, lines: lines)
            if try agent.run() == .succeeded { giveWay(agent) }
        } catch let error as AgentError {
            standardError("footlight-agent: \(error.description)\n")
            throw ExitCode(EX_CONFIG)
        } catch let error as MQTTError {
            standardError("footlight-agent: \(error)\n")
            throw ExitCode(EX_CONFIG)
        }
    }

    /// Becomes what has been installed in this program's place, in the same process.
    private func giveWay(_ agent: Agent) {
        HandedLights.leave(agent.lights)
        footlight_close_on_exec()
        var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
        execvp(CommandLine.arguments[0], &arguments)
        standardError("footlight-agent: can't start \(CommandLine.arguments[0]): \(String(cString: strerror(errno)))\n")
    }

    /// Whether a site file says anything to these nodes.
    private func checkZones(_ zones: SiteFile, of file: AgentFile) throws(AgentError) {
        guard zones.site == file.site else {
            throw AgentError(
                description: "\(file.siteFile ?? ""): is of site \(zones.site), and \(config) of site \(file.site); "
                    + "write the same in both")
        }
        let places = zones.zones.values.flatMap { $0.bars + $0.sensors.keys }
        for node in file.nodes where !places.contains(where: { $0 == node.name || $0.hasPrefix(node.name + "/") }) {
            throw AgentError(
                description: "\(file.siteFile ?? ""): no zone has a bar or a sensor of node \(node.name); add one")
        }
    }

    /// Sets the bars whose configuration says so.
    private func showKilled(_ file: AgentFile) {
        for node in file.nodes {
            let outputs = NodeOutputs(node.bars, node: node.name, site: file.site)
            var changed: Set<Int> = []
            for (bar, place) in zip(node.bars, outputs.places) where bar.power.killed != .last {
                var drawn = DrawnBar(bar, at: place)
                _ = drawn.draw(bar.power.killed == .on ? .full : .dark(.warmWhite), pixel: nil)
                if let frame = drawn.frame { outputs.outputs[place.output].set(frame, of: place.part) }
                changed.insert(place.output)
            }
            for index in changed.sorted() {
                do throws(HardwareError) {
                    _ = try outputs.outputs[index].present(isAtRest: true)
                } catch {
                    standardError("footlight-agent: \(error)\n")
                }
            }
        }
    }

    private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private func standardError(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
    }
}

// A program's own conformance: nobody else's code is linked with it.
// swift-format-ignore: AvoidRetroactiveConformances
extension Logger.Level: @retroactive ExpressibleByArgument {}
