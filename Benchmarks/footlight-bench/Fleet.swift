internal import Glibc
internal import Lighting
internal import MQTT
internal import Mesh
internal import Platform
internal import Processes

/// Staircases on one broker, each a site of its own with its sensor at the first bar: agents as they are installed,
/// each a process of its own with a trace of what its bars show. All are ended when this goes or the bench dies.
final class Fleet: Sendable {
    static let zone = "stairs"
    static let sensor = "bottom"

    let folder: BenchFolder
    let sets: Int
    /// The names of a staircase's bars, in order; the same in each.
    let bars: [String]
    private let nodesPerProcess: Int
    private let agents: [[ChildProcess]]

    /// Starts the agents.
    ///
    /// - Parameters:
    ///   - port: where they find the broker.
    ///   - nodesPerProcess: how many nodes an agent plays; 1 is what an installed one does.
    init(
        _ programs: Programs, port: UInt16, sets: Int, processes: Int, nodesPerProcess: Int = 1, frameRate: Int? = nil
    ) throws {
        folder = try BenchFolder()
        self.sets = sets
        self.nodesPerProcess = nodesPerProcess
        bars = (0..<processes * nodesPerProcess).map { "stair-\($0 + 1)" }
        var agents: [[ChildProcess]] = []
        for set in 0..<sets {
            var staircase: [ChildProcess] = []
            for process in 0..<processes {
                let name = "\(set)-\(process)"
                var text = "site: \(Fleet.site(set))\nbrokers: [mqtt://127.0.0.1:\(port)]\n"
                if let frameRate { text += "frameRate: \(frameRate)\n" }
                text += "nodes:\n"
                for index in process * nodesPerProcess..<(process + 1) * nodesPerProcess {
                    let output = "{driver: trace, path: \(folder.path)/\(name).jsonl}"
                    text += "  - node: \(bars[index])\n"
                    text += "    bars: [{name: bar, channels: white, output: \(output)}]\n"
                    if index == 0 { text += "    sensors: [{name: \(Fleet.sensor), input: simulated}]\n" }
                }
                try folder.write(text, to: "\(name).yaml")
                staircase.append(
                    try ChildProcess(
                        programs.agent, ["--config", "\(folder.path)/\(name).yaml", "--log-level", "warning"]))
            }
            agents.append(staircase)
        }
        self.agents = agents
    }

    static func site(_ set: Int) -> String { "bench-\(set)" }

    /// The processes of all agents.
    var pids: [Int32] { agents.flatMap { $0.map(\.pid) } }
    /// The process that the sensor of a staircase belongs to.
    func sensorPid(_ set: Int) -> Int32 { agents[set][0].pid }

    /// What the agents had to complain of.
    var complaints: String {
        agents.flatMap { $0 }.map(\.output).filter { !$0.isEmpty }.prefix(5).joined(separator: "\n")
    }

    /// Ends all agents, without ado.
    func end() throws {
        for agent in agents.flatMap({ $0 }) { agent.signal(SIGKILL) }
        for agent in agents.flatMap({ $0 }) { try agent.waitForEnd() }
    }

    /// Awaits that all nodes are online.
    func waitUntilOnline(_ client: MQTTClient, within limit: Duration = .seconds(60)) async throws {
        let count = sets * bars.count
        let messages = try await client.messages([Topic.status(node: "+").name(site: "+")])
        do {
            try await withDeadline(limit, "\(count) nodes online") {
                var online: Set<String> = []
                for try await message in messages {
                    let status = try? JSON.decode(NodeStatus.self, from: message.payload)
                    if status?.state == .online { online.insert(message.topic) }
                    if online.count == count { return }
                }
            }
        } catch let failure as ProcessFailure {
            throw BenchFailure("\(failure); the agents wrote:\n\(complaints)")
        }
    }

    /// Gives each staircase its configuration: all bars or the first few, with the bench's look unless said otherwise.
    func configure(
        _ client: MQTTClient, bars count: Int? = nil, hold: Duration = .milliseconds(5130), wave: Wave? = nil,
        lead: Duration? = nil, easeIn: Duration = .milliseconds(30)
    ) async throws {
        let zone = Zone(
            bars: Array(bars.prefix(count ?? bars.count)), sensors: ["\(bars[0])/\(Fleet.sensor)": .first],
            hold: hold, look: Look(easeIn: easeIn, easeOut: .zero), wave: wave, lead: lead)
        let revision = RealTimeClock.now
        let message = JSON.encode(ZoneMessage(zone, revision: revision))
        let site = JSON.encode(SiteMessage(revision: revision, zones: [Fleet.zone], timeZone: nil))
        for set in 0..<sets {
            let name = Fleet.site(set)
            try await client.publish(
                MQTTMessage(
                    topic: Topic.zoneConfiguration(zone: Fleet.zone).name(site: name), payload: message, retain: true))
            try await client.publish(
                MQTTMessage(topic: Topic.siteConfiguration.name(site: name), payload: site, retain: true))
        }
    }

    /// Has each sensor see motion when its turn comes, and returns when everything is dark and at rest again.
    ///
    /// Motion is a SIGUSR1: like an edge on a GPIO line it makes a descriptor readable that the agent polls, and the
    /// instant just before it is known.
    ///
    /// - Returns: the instants of the edges.
    func activate(by schedule: Schedule) async throws -> [Int64] {
        try await onThread {
            Timing.preferThisThread()
            var edges: [Int64] = []
            edges.reserveCapacity(schedule.count)
            for index in 0..<schedule.count {
                Timing.sleep(until: schedule.instant(index))
                let pid = self.sensorPid(index % self.sets)
                edges.append(MonotonicClock.now)
                kill(pid, SIGUSR1)
            }
            Timing.sleep(until: schedule.end)
            return edges
        }
    }

    /// The first light of each bar (of the first `count`) in each activation; nil where a bar missed.
    func firstLights(_ edges: [Int64], bars count: Int? = nil) -> [[Int64?]] {
        let names = bars.prefix(count ?? bars.count)
        var lights = edges.map { _ in [Int64?](repeating: nil, count: names.count) }
        for set in 0..<sets {
            var traces: [String: TraceFile] = [:]
            for process in agents[set].indices {
                traces.merge(TraceFile.read(folder.bytes(of: "\(set)-\(process).jsonl"))) { first, _ in first }
            }
            for (place, name) in names.enumerated() {
                guard let trace = traces["\(name)/bar"] else { continue }
                for index in stride(from: set, to: edges.count, by: sets) {
                    // Long before its next turn; and no light lasts from one turn to the next.
                    lights[index][place] = trace.firstLight(from: edges[index], to: edges[index] + 4_000_000_000)
                }
            }
        }
        return lights
    }
}
