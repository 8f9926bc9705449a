import FoundationEssentials
import Glibc
import MQTT
import Mesh
import Processes
import TestSupport

/// Bars and sensors on a broker: an agent process for each node, with traces of what its bar shows.
final class Staircase: Sendable {
    /// What it is made of.
    let plan: StaircasePlan
    /// The broker that it is on.
    let broker: TestBroker
    /// Where its files are: `<node>.yaml`, `<node>.jsonl`, `site.yaml`.
    let folder: TemporaryFolder
    /// To listen and publish with.
    let client: MQTTClient
    private let agents = Monitor<[String: ChildProcess]>([:])

    private init(_ plan: StaircasePlan, _ broker: TestBroker, _ client: MQTTClient) throws {
        self.plan = plan
        self.broker = broker
        self.client = client
        folder = try TemporaryFolder("stairs")
        for node in plan.nodes {
            let text = plan.agentFile(of: node, broker: "\(broker.address)", folder: folder.path)
            try folder.write(text, to: "\(node).yaml")
        }
        try folder.write(plan.siteFile, to: "site.yaml")
    }

    /// Runs a test with a staircase whose agents are online and have the site file, on a broker of its own, or on
    /// another's. All are surely ended.
    static func with<Result: Sendable>(
        _ plan: StaircasePlan = StaircasePlan(), isolation: isolated (any Actor)? = #isolation,
        _ body: (Staircase) async throws -> Result
    ) async throws -> Result {
        try await TestBroker.with { broker in try await with(plan, on: broker, body) }
    }

    /// Runs a test with a staircase on a broker that runs.
    static func with<Result: Sendable>(
        _ plan: StaircasePlan = StaircasePlan(), on broker: TestBroker, isolation: isolated (any Actor)? = #isolation,
        _ body: (Staircase) async throws -> Result
    ) async throws -> Result {
        let configuration = MQTTConfiguration(
            addresses: [broker.address], clientID: "test-\(plan.site)-\(UInt64.random(in: .min ... .max))")
        return try await MQTTClient.withClient(configuration) { client in
            let stairs = try Staircase(plan, broker, client)
            defer { stairs.killAll() }
            for node in plan.nodes { try stairs.start(node) }
            try await stairs.waitUntilOnline()
            if plan.isApplied { try await stairs.apply() }
            try await stairs.waitUntilSettled()
            return try await body(stairs)
        }
    }

    // MARK: - Agents

    /// Starts a node's agent, of the plan's release or another, on a processor of its own if need be; one that runs is killed
    /// first.
    func start(
        _ node: String, of release: Release? = nil, environment: [String: String]? = nil,
        on processor: SlowProcessor? = nil
    ) throws {
        agents.change { $0.removeValue(forKey: node) }?.signal(SIGKILL)
        let release = release ?? (plan.previous.contains(node) ? .previous : .present)
        let program = try release.path("footlight-agent")
        let own = (program: program, arguments: ["--config", "\(folder.path)/\(node).yaml"])
        let started = processor?.starting(own.program, own.arguments) ?? own
        let child = try ChildProcess(started.program, started.arguments, environment: environment)
        agents.change { $0[node] = child }
    }

    /// The process of a node's agent.
    func agent(_ node: String) throws -> ChildProcess {
        guard let child = agents.change({ $0[node] }) else { throw TestFailure("no agent of \(node) was started") }
        return child
    }

    private func killAll() { agents.change { for agent in $0.values { agent.signal(SIGKILL) } } }

    /// What the agents wrote, for messages.
    var logs: String {
        agents.change { $0.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.output)" }.joined(separator: "\n") }
    }

    /// Awaits that each of `nodes` (all, by default) is online.
    func waitUntilOnline(_ nodes: [String]? = nil, within limit: Duration = .seconds(20)) async throws {
        let waitedFor = Set(nodes ?? plan.nodes)
        let site = plan.site
        let messages = try await client.messages([Topic.status(node: "+").name(site: site)])
        do {
            try await withDeadline(limit, "\(waitedFor.count) nodes online") {
                var missing = waitedFor
                for try await message in messages {
                    guard case .status(let node) = Topic(name: message.topic, site: site) else { continue }
                    let status = try? JSON.decode(NodeStatus.self, from: message.payload)
                    if status?.state == .online {
                        missing.remove(node)
                    } else if waitedFor.contains(node) {
                        missing.insert(node)
                    }
                    if missing.isEmpty { return }
                }
            }
        } catch let failure as TestFailure {
            throw TestFailure("\(failure); the agents wrote:\n\(logs)")
        }
    }

    /// Awaits that a node is online that was started after `instant`, nanoseconds since 1970.
    func waitUntilStarted(_ node: String, after instant: Int64, within limit: Duration) async throws {
        let messages = try await client.messages([Topic.status(node: node).name(site: plan.site)])
        try await withDeadline(limit, "\(node) online") {
            for try await message in messages {
                let status = try? JSON.decode(NodeStatus.self, from: message.payload)
                if let status, status.state == .online, status.started > instant { return }
            }
            throw TestFailure("the client was closed")
        }
    }

    /// Awaits that all nodes have taken up what was published before, and animate what comes.
    func waitUntilSettled() async throws {
        // For a second after it has read all that is retained, a node's bars go where the plan has them without easing,
        // and nothing tells of the end of that second.
        try await Task.sleep(for: .milliseconds(1200))
        for node in plan.nodes { _ = try await act(ActionMessage(action: "none", id: "settled"), on: node) }
    }

    /// Has a node do something, and returns its answer. The action gets an id of its own.
    func act(
        _ action: ActionMessage, on node: String, within limit: Duration = .seconds(10)
    ) async throws -> ResultMessage {
        let id = "test-\(UInt64.random(in: .min ... .max))"
        var action = action
        action.id = id
        let messages = try await client.messages([Topic.result(node: node).name(site: plan.site)])
        try await client.publish(
            MQTTMessage(topic: Topic.action(node: node).name(site: plan.site), payload: JSON.encode(action)))
        return try await withDeadline(limit, "an answer of \(node)") {
            for try await message in messages {
                let result = try? JSON.decode(ResultMessage.self, from: message.payload)
                if let result, result.id == id { return result }
            }
            throw TestFailure("the client was closed")
        }
    }

    /// What stair-01 says in its next health report of the messages that it refused, all of ours being taken.
    func reportOnMessages() async throws -> HealthMessage.Check {
        _ = try await act(ActionMessage(action: "none", id: ""), on: "stair-01")
        let messages = try await client.messages([Topic.health(node: "stair-01").name(site: plan.site)])
        return try await withDeadline(.seconds(15), "a health report of stair-01") {
            for try await message in messages {
                let report = try JSON.decode(HealthMessage.self, from: message.payload)
                if let check = report.checks.first(where: { $0.check == "messages" }) { return check }
            }
            throw TestFailure("the client was closed")
        }
    }

    /// How many zones stair-01 says in its next health report that it has a part in.
    func zoneCount() async throws -> Int {
        let messages = try await client.messages([Topic.health(node: "stair-01").name(site: plan.site)])
        return try await withDeadline(.seconds(20), "a health report of stair-01") {
            for try await message in messages {
                let report = try JSON.decode(HealthMessage.self, from: message.payload)
                if let check = report.checks.first(where: { $0.check == "configuration" }) { return Int(check.value) }
            }
            throw TestFailure("the client was closed")
        }
    }

    // MARK: - The command line

    /// Runs `footlight` for this site on this broker.
    func footlight(
        _ arguments: String..., of release: Release = .present, within limit: Duration = .seconds(20)
    ) async throws -> CommandResult {
        try await CommandResult.footlight(arguments, of: release, environment: environment, within: limit)
    }

    /// What the command line has to know.
    var environment: [String: String] {
        ["FOOTLIGHT_BROKER": "\(broker.address)", "FOOTLIGHT_SITE": plan.site]
    }

    /// Applies a site file, the plan's by default.
    func apply(_ text: String? = nil, of release: Release = .present) async throws {
        if let text { try folder.write(text, to: "site.yaml") }
        try await footlight("apply", "\(folder.path)/site.yaml", of: release).succeeded()
    }

    // MARK: - What is seen

    /// The frames that a node's bar has shown so far, in order.
    func frames(of node: String) throws -> [TraceFrame] {
        let lines = try folder.contents(of: "\(node).jsonl").split(separator: 0x0a, omittingEmptySubsequences: true)
        // The last line may be on its way still.
        return lines.compactMap { try? JSONDecoder().decode(TraceFrame.self, from: Data($0)) }
    }

    /// Awaits that the frames of a node's bar so far are as wanted, and returns them.
    @discardableResult
    func frames(
        of node: String, within limit: Duration = .seconds(5), _ what: String,
        until condition: @escaping @Sendable ([TraceFrame]) -> Bool
    ) async throws -> [TraceFrame] {
        try await eventually(within: limit, "\(node): \(what)") { condition(try self.frames(of: node)) }
        return try frames(of: node)
    }

    /// What the broker keeps, by topic below the site (`zone/stairs/state`).
    func retained() async throws -> [String: String] {
        try await Retained.read(client, site: plan.site)
    }
}
