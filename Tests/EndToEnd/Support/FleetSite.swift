import Fleet
import FoundationEssentials
import Glibc
import MQTT
import Mesh
import Platform
import Processes
import TestSupport

/// A site that is looked after: an agent process for each node, fleet agents, a broker, and a log of all that is said.
final class FleetSite: Sendable {
    let plan: FleetPlan
    let broker: TestBroker
    /// That broker and another, where they are bridged.
    let bridged: BridgedBrokers?
    /// A way to the broker that can be cut.
    let link: Link
    let folder: TemporaryFolder
    let client: MQTTClient
    private let log = Monitor(FleetLog())
    private let processes = Monitor<[String: ChildProcess]>([:])

    private init(_ plan: FleetPlan, _ broker: TestBroker, _ bridged: BridgedBrokers?, _ client: MQTTClient) throws {
        self.plan = plan
        self.broker = broker
        self.bridged = bridged
        self.client = client
        link = try Link(to: broker.port)
        folder = try TemporaryFolder("fleet")
        for node in plan.nodes {
            let port = plan.linked.contains(node) ? link.port : broker.port
            let brokers = brokers(of: node, first: "mqtt://127.0.0.1:\(port)")
            let text = plan.agentFile(of: node, broker: brokers, folder: folder.path)
            try folder.write(text, to: "\(node).yaml")
        }
        for id in plan.agents {
            let brokers = brokers(of: id, first: "\(broker.address)", isAlone: !plan.listsOther)
            let text = plan.fleetFile(of: id, broker: brokers, folder: folder.path)
            try folder.write(text, to: "\(id).yaml")
        }
        try folder.write(plan.siteFile, to: "site.yaml")
        if plan.hasUpdates { try prepareUpdates() }
    }

    /// Runs a test with a site all of whose nodes are Healthy. All processes are surely ended.
    static func with<Result: Sendable>(
        _ plan: FleetPlan = FleetPlan(), isolation: isolated (any Actor)? = #isolation,
        _ body: (FleetSite) async throws -> Result
    ) async throws -> Result {
        try await TestBroker.with { try await with(plan, on: $0, nil, body) }
    }

    /// Runs a test with a site on two brokers that are bridged, some of it at the second.
    static func withBridge<Result: Sendable>(
        _ plan: FleetPlan, isolation: isolated (any Actor)? = #isolation,
        _ body: (_ site: FleetSite, _ brokers: BridgedBrokers) async throws -> Result
    ) async throws -> Result {
        try await BridgedBrokers.with { brokers in
            try await with(plan, on: brokers.first, brokers) { try await body($0, brokers) }
        }
    }

    private static func with<Result: Sendable>(
        _ plan: FleetPlan, on broker: TestBroker, _ bridged: BridgedBrokers?,
        isolation: isolated (any Actor)? = #isolation, _ body: (FleetSite) async throws -> Result
    ) async throws -> Result {
        let configuration = MQTTConfiguration(
            addresses: [broker.address], clientID: "test-\(UInt64.random(in: .min ... .max))")
        return try await MQTTClient.withClient(configuration) { client in
            let site = try FleetSite(plan, broker, bridged, client)
            defer { site.killAll() }
            let messages = try await client.messages(["footlight/home/#"])
            let log = site.log
            let reader = Task {
                for try await message in messages {
                    let topic = String(message.topic.dropFirst("footlight/home/".count))
                    let entry = FleetLog.Entry(
                        instant: MonotonicClock.now, topic: topic, payload: message.payload)
                    log.change { $0.add(entry) }
                }
            }
            defer { reader.cancel() }
            try await CommandResult.footlight(
                ["apply", "\(site.folder.path)/site.yaml"],
                environment: ["FOOTLIGHT_BROKER": "\(broker.address)", "FOOTLIGHT_SITE": "home"]
            ).succeeded()
            for node in plan.nodes { try site.start(node) }
            for id in plan.agents { try site.startFleet(id) }
            try await site.waitUntilHealthy()
            return try await body(site)
        }
    }

    /// The brokers that a node or fleet agent lists, its own first.
    private func brokers(of name: String, first: String, isAlone: Bool = false) -> String {
        guard let second = bridged?.second.address else { return first }
        let inOrder = plan.beyond.contains(name) ? ["\(second)", first] : [first, "\(second)"]
        return inOrder.prefix(isAlone ? 1 : 2).joined(separator: ", ")
    }

    // MARK: - Processes

    /// Starts a node's agent; one that runs is killed first.
    func start(_ node: String) throws {
        try run(node, plan.hasUpdates ? "\(folder.path)/\(node)" : try release(of: node).path("footlight-agent"))
    }

    /// Starts a fleet agent; one that runs is killed first.
    func startFleet(_ id: String) throws { try run(id, try release(of: id).path("footlight-fleet")) }

    private func release(of name: String) -> Release { plan.previous.contains(name) ? .previous : .present }

    private func run(_ name: String, _ program: String) throws {
        processes.change { $0.removeValue(forKey: name) }?.signal(SIGKILL)
        let child = try ChildProcess(program, ["--config", "\(folder.path)/\(name).yaml"])
        processes.change { $0[name] = child }
    }

    /// The process of a node's agent, or of a fleet agent.
    func process(_ name: String) throws -> ChildProcess {
        guard let child = processes.change({ $0[name] }) else { throw TestFailure("\(name) was not started") }
        return child
    }

    private func killAll() { processes.change { for child in $0.values { child.signal(SIGKILL) } } }

    /// What the fleet agents wrote, for messages.
    var story: String {
        plan.agents.map { id in "\(id): \((try? process(id).output.suffix(6000)) ?? "")" }.joined(separator: "\n")
    }

    // MARK: - What is said

    /// Looks at what has been said so far.
    func read<Result>(_ body: (FleetLog) -> Result) -> Result { log.change { body($0) } }

    /// Awaits what is said; what the fleet agents wrote is told where it doesn't come.
    @discardableResult
    func until<Result: Sendable>(
        _ what: String, within limit: Duration = .seconds(30), _ body: @escaping @Sendable (FleetLog) -> Result?
    ) async throws -> Result {
        let log = log
        let result = try await onThread { log.wait(within: limit) { body($0) } }
        guard let result else { throw TestFailure("\(what): not within \(limit)\n\(story)") }
        return result
    }

    /// Awaits that all nodes (or these) are Healthy.
    func waitUntilHealthy(_ nodes: [String]? = nil, within limit: Duration = .seconds(60)) async throws {
        let wanted = nodes ?? plan.nodes
        try await until("all are Healthy", within: limit) { log in
            wanted.allSatisfy { log.node($0)?.healthStatus == .healthy } ? true : nil
        }
    }

    /// The fleet agent that leads.
    func leader() async throws -> String {
        let agents = plan.agents
        return try await until("somebody leads") { log in
            agents.first { log.agent($0)?.leads == true && log.agent($0)?.online == true }
        }
    }

    /// Has the fleet do something, and returns its answer.
    @discardableResult
    func command(_ command: FleetCommand) async throws -> ResultMessage {
        try await client.publish(
            MQTTMessage(topic: FleetTopic.command.name(site: "home"), payload: JSON.encode(command)))
        return try await until("an answer to \(command.command)") { log in
            log.all("fleet/result", as: ResultMessage.self).map(\.message).first { $0.id == command.id }
        }
    }

    // MARK: - What is seen

    /// The frames that a node's bar has shown so far, in order.
    func frames(of node: String) throws -> [TraceFrame] {
        try folder.contents(of: "\(node).jsonl").split(separator: 0x0a, omittingEmptySubsequences: true)
            .compactMap { try? JSONDecoder().decode(TraceFrame.self, from: Data($0)) }
    }

    /// Lets somebody walk past the sensor.
    func walk() throws { try process("stair-01").signal(SIGUSR1) }
}
