internal import MQTT
internal import Platform
internal import Processes

/// Many nodes looked after by one fleet agent, as its file says where it says nothing: each is probed every ten seconds.
struct Care {
    /// How many processes the nodes are shared among.
    private static let processes = 10
    /// So much memory is always to do (megabytes), and so much of a core (thousandths).
    private static let memoryLimit = 200.0
    private static let coreLimit = 200.0

    let programs: Programs
    let client: MQTTClient
    let fleet: Fleet
    let broker: LocalBroker
    let count: Int
    /// How many times five seconds are measured.
    let rounds: Int

    /// The nodes' agents.
    static func start(_ programs: Programs, port: UInt16, count: Int) throws -> Fleet {
        try Fleet(
            programs, port: port, sets: 1, processes: processes, nodesPerProcess: count / processes, frameRate: 25)
    }

    func run() async throws -> [Row] {
        try await fleet.waitUntilOnline(client, within: .seconds(300))
        try await fleet.configure(client, lead: .zero)
        try fleet.folder.write(
            "site: \(Fleet.site(0))\nid: bench\nbrokers: [\(broker.address)]\n", to: "fleet.yaml")
        let records = try await client.messages(["footlight/\(Fleet.site(0))/fleet/group/\(Fleet.zone)"])
        let began = MonotonicClock.now
        let agent = try ChildProcess(programs.fleet, ["--config", fleet.folder.path + "/fleet.yaml"])
        defer { agent.signal(9) }
        let wanted = "\"healthy\":\(count),"
        try await withDeadline(.seconds(120), "\(count) nodes Healthy") {
            for try await record in records where record.text.contains(wanted) { return }
            throw BenchFailure("the client was closed")
        }
        let start = Double(MonotonicClock.now - began) / 1e9
        // Beyond the grace period and the first reports.
        try await Task.sleep(for: .seconds(35))
        let (agentPid, brokerPid) = (agent.pid, broker.pid ?? 0)
        var used: [Double] = []
        var ofBroker: [Double] = []
        for _ in 0..<rounds {
            let before = (ProcessFigures.cpu(agentPid), ProcessFigures.cpu(brokerPid), MonotonicClock.now)
            try await Task.sleep(for: .seconds(5))
            let time = Double(MonotonicClock.now - before.2)
            used.append(Double(ProcessFigures.cpu(agentPid) - before.0) / time * 1000)
            ofBroker.append(Double(ProcessFigures.cpu(brokerPid) - before.1) / time * 1000)
        }
        let broker = Figure(Sample(ofBroker), unit: "‰ of a core")
        let notes = [
            "the broker meanwhile: \(Notes.number(broker.median)) ‰; all were Healthy \(Notes.number(start)) s after the "
                + "fleet agent's start"
        ]
        let memory = Double(ProcessFigures.residentKilobytes(agentPid)) / 1e3
        return [
            Row(
                .fleet, "\(count) nodes: the fleet agent's CPU", Figure(Sample(used), unit: "‰ of a core"),
                judged: .median, limit: Care.coreLimit, notes: notes),
            Row(
                .fleet, "\(count) nodes: the fleet agent's memory", Figure(Sample([memory]), unit: "MB"),
                judged: .median, limit: Care.memoryLimit),
        ]
    }
}
