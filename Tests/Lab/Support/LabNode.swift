import FoundationEssentials
import Glibc
import MQTT
import Mesh
import Processes
import TestSupport

/// A node at work in the lab: an agent process with its hardware, a broker, and a zone of its bars.
final class LabNode: Sendable {
    /// The node's name, and its site's.
    static let name = "lab", site = "home"

    /// The broker that it is on.
    let broker: TestBroker
    /// Where its files are: `agent.yaml`, `site.yaml`, and the traces that its bars write.
    let folder: TemporaryFolder
    /// To listen and publish with.
    let client: MQTTClient
    private let process = Monitor<ChildProcess?>(nil)

    private init(_ broker: TestBroker, _ folder: TemporaryFolder, _ client: MQTTClient) {
        (self.broker, self.folder, self.client) = (broker, folder, client)
    }

    /// Runs a test with a node that is online and has its zone. Agent and broker are surely ended.
    ///
    /// - Parameters:
    ///   - hardware: the agent file's `bars` and `sensors`. `FOLDER` stands for ``folder``: `path: FOLDER/bar.jsonl`.
    ///   - zone: the fields of a zone named `room`, as they stand in the site file.
    static func with<Result: Sendable>(
        _ hardware: String, zone: String, isolation: isolated (any Actor)? = #isolation,
        _ body: (LabNode) async throws -> Result
    ) async throws -> Result {
        try await with(hardware, zones: [("room", zone)], body)
    }

    /// Runs a test with a node that has several zones.
    static func with<Result: Sendable>(
        _ hardware: String, zones: [(name: String, fields: String)], isolation: isolated (any Actor)? = #isolation,
        _ body: (LabNode) async throws -> Result
    ) async throws -> Result {
        try await TestBroker.with { broker in
            let folder = try TemporaryFolder("lab-node")
            try folder.write(
                "site: \(site)\nnode: \(name)\nbrokers: [\(broker.address)]\n"
                    + hardware.replacing("FOLDER", with: folder.path), to: "agent.yaml")
            var text = "site: \(site)\nzones:\n"
            for zone in zones {
                text += "  \(zone.name):\n" + zone.fields.split(separator: "\n").map { "    \($0)\n" }.joined()
            }
            try folder.write(text, to: "site.yaml")
            let configuration = MQTTConfiguration(addresses: [broker.address], clientID: "test")
            return try await MQTTClient.withClient(configuration) { client in
                let node = LabNode(broker, folder, client)
                defer { node.process.change { $0?.signal(SIGKILL) } }
                try await node.start()
                try await node.apply(zoneCount: zones.count)
                return try await body(node)
            }
        }
    }

    // MARK: - The agent

    /// Starts the agent; one that runs is killed first.
    ///
    /// - Parameter isBound: by the modes of files, as root usually isn't.
    func start(isBound: Bool = false) async throws {
        try await kill()
        let agent = [try Programs.path("footlight-agent"), "--config", "\(folder.path)/agent.yaml"]
        let call = isBound ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] + agent : agent
        let child = try ChildProcess(call[0], Array(call.dropFirst()))
        process.change { $0 = child }
    }

    /// Kills the agent, and awaits that the kernel has taken back what it had.
    func kill() async throws {
        guard let child = process.change({ $0 }) else { return }
        child.signal(SIGKILL)
        _ = try await child.end(within: .seconds(10))
    }

    /// The agent's process.
    func agent() throws -> ChildProcess {
        guard let child = process.change({ $0 }) else { throw TestFailure("no agent was started") }
        return child
    }

    /// Awaits that the agent's log has a text.
    func log(has text: String, within limit: Duration = .seconds(10)) async throws {
        let agent = try agent()
        try await onThread { try agent.waitForOutput(text, within: limit) }
    }

    // MARK: - The mesh

    /// Has the site file taken up, and awaits that the node is online with it.
    private func apply(zoneCount: Int) async throws {
        // For a second after it has read all that is retained, a node's bars go where the plan has them without easing.
        // After that, and not before, it tells of each zone as one light.
        let states = try await client.messages([Topic.state(zone: "+").name(site: Self.site)])
        let footlight = try ChildProcess(
            try Programs.path("footlight"), ["apply", "\(folder.path)/site.yaml"],
            environment: ["FOOTLIGHT_BROKER": "\(broker.address)", "FOOTLIGHT_SITE": Self.site])
        guard case .exit(0) = try await footlight.end(within: .seconds(30)) else {
            throw TestFailure("footlight apply: \(footlight.output)")
        }
        try await withDeadline(.seconds(20), "the node keeps its zones") {
            var told: Set<String> = []
            for try await message in states {
                told.insert(message.topic)
                if told.count == zoneCount { return }
            }
        }
        try await health("messages") { $0.healthy }
    }

    /// Awaits that the node reports a check as wanted, and returns it.
    @discardableResult
    func health(
        _ check: String, within limit: Duration = .seconds(20),
        until condition: @escaping @Sendable (HealthMessage.Check) -> Bool
    ) async throws -> HealthMessage.Check {
        let messages = try await client.messages([Topic.health(node: Self.name).name(site: Self.site)])
        try await client.publish(
            MQTTMessage(
                topic: Topic.action(node: Self.name).name(site: Self.site),
                payload: JSON.encode(ActionMessage(action: "report", id: "\(UInt64.random(in: .min ... .max))"))))
        do {
            return try await withDeadline(limit, "\(check) as wanted") {
                for try await message in messages {
                    let report = try JSON.decode(HealthMessage.self, from: message.payload)
                    if let found = report.checks.first(where: { $0.check == check }), condition(found) { return found }
                }
                throw TestFailure("the client was closed")
            }
        } catch let failure as TestFailure {
            throw TestFailure("\(failure); the agent wrote:\n\(try agent().output)")
        }
    }

    // MARK: - What is seen

    /// The frames in a trace of the node's folder, in order.
    func frames(in trace: String = "bar.jsonl") throws -> [TraceFrame] {
        let lines = try folder.contents(of: trace).split(separator: 0x0a, omittingEmptySubsequences: true)
        // The last line may be on its way still.
        return lines.compactMap { try? JSONDecoder().decode(TraceFrame.self, from: Data($0)) }
    }

    /// Awaits that a trace's last frame gives light, or none, and returns it.
    @discardableResult
    func frame(
        in trace: String = "bar.jsonl", isDark: Bool, after instant: Int64 = .min, within limit: Duration = .seconds(10)
    ) async throws -> TraceFrame {
        do {
            try await eventually(within: limit, "\(trace) is \(isDark ? "dark" : "lit")") {
                try self.frames(in: trace).last.map { $0.isDark == isDark && $0.t > instant } ?? false
            }
        } catch let failure as TestFailure {
            throw TestFailure("\(failure); the agent wrote:\n\(try agent().output)")
        }
        guard let frame = try frames(in: trace).last else { throw TestFailure("\(trace) has gone") }
        return frame
    }
}
