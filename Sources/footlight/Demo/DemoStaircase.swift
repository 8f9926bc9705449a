internal import Glibc
internal import MQTT
internal import Mesh
internal import Processes

/// A staircase with a sensor at each end: a private broker, and an agent for each bar, each a process of its own.
/// All are ended when this goes or when this process dies.
final class DemoStaircase: Sendable {
    static let site = "demo"
    static let zone = "stairs"
    static let top = "landing/top"

    /// The bars' nodes, the first at the bottom.
    let bars: [String]
    let broker: LocalBroker
    private let agents: [ChildProcess]
    private let folder: String

    /// Starts the broker and the agents.
    ///
    /// - Throws: ``Failure``, `ProcessFailure`.
    init(bars count: Int, look: String, hold: String) throws {
        let digits = String(count).count
        bars = (1...count).map { "stair-" + String(repeating: "0", count: max(2, digits) - String($0).count) + "\($0)" }
        var template = Array("/tmp/footlight-demo-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(.unavailable, "no room for a folder in /tmp") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let agent = try Installation.agent()
        broker = try LocalBroker(configuration: try Installation.brokerConfiguration())
        siteText = """
            site: \(DemoStaircase.site)
            zones:
              \(DemoStaircase.zone):
                bars: [\(bars.joined(separator: ", "))]
                sensors: {\(bars[0])/bottom: first, \(DemoStaircase.top): last}
                hold: \(hold)
                look: \(look)
                wave: {delay: 50ms, order: fromSensor, off: follow}
            """
        bottom = "\(bars[0])/bottom"
        var agents: [ChildProcess] = []
        for node in bars + ["landing"] {
            var text = "site: \(DemoStaircase.site)\nnode: \(node)\nbrokers: [\(broker.address)]\n"
            if node != "landing" {
                text += "bars:\n  - {name: bar, channels: rgb, output: {driver: simulated}}\n"
            }
            if node == bars[0] { text += "sensors:\n  - {name: bottom, input: {driver: simulated}}\n" }
            if node == "landing" { text += "sensors:\n  - {name: top, input: {driver: simulated}}\n" }
            let path = "\(folder)/\(node).yaml"
            try DemoStaircase.write(text, to: path)
            agents.append(try ChildProcess(agent, ["--config", path, "--log-level", "warning"]))
        }
        self.agents = agents
    }

    /// The sensor at the bottom.
    let bottom: String
    /// The site file.
    let siteText: String

    deinit {
        for agent in agents { agent.signal(SIGTERM) }
        for node in bars + ["landing"] { unlink("\(folder)/\(node).yaml") }
        rmdir(folder)
    }

    /// What the agents had to say, for when something went wrong.
    var complaints: String { agents.map(\.output).joined() }

    private static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "we") else {
            throw Failure(.unavailable, "can't write \(path): \(String(cString: strerror(errno)))")
        }
        fputs(text, file)
        fclose(file)
    }
}
