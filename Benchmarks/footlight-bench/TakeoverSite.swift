internal import Glibc
internal import Lighting
internal import MQTT
internal import Mesh
internal import Platform
internal import Processes

/// One mesh of agents that are killed and started again: ten with a bar in every zone, and a walker's with the sensors.
///
/// The walker's agent stands last in the order of the clock's reference and lives on, so that no activation is lost
/// together with whoever saw the motion.
final class TakeoverSite: Sendable {
    /// A life of a node's agent.
    struct Life: Sendable {
        let process: ChildProcess
        /// When it was killed, nanoseconds of the monotonic clock; nil while it lives.
        var killed: Int64?

        /// When it had mesh time for good, nanoseconds of the monotonic clock.
        var ready: Int64? { instant(ofLineWith: ["mesh time: synchronised", "mesh time: reference"]) }
        /// When it first became the reference after `instant`.
        func reference(after instant: Int64) -> Int64? {
            self.instant(ofLineWith: ["mesh time: reference"], after: instant)
        }

        /// When it first followed `node` after `instant`.
        func follows(_ node: String, after instant: Int64) -> Int64? {
            self.instant(ofLineWith: ["mesh time comes from \(node) now", "synchronised, by \(node)"], after: instant)
        }

        private func instant(ofLineWith texts: [String], after instant: Int64 = .min) -> Int64? {
            process.lines.first { line in line.instant > instant && texts.contains { line.text.contains($0) } }?.instant
        }
    }

    static let name = "takeover"
    static let walker = "walker"

    /// The nodes with bars, in the order in which they become the reference.
    let nodes = (1...10).map { $0 < 10 ? "stair-0\($0)" : "stair-\($0)" }
    let zones: Int
    private let folder: BenchFolder
    private let agent: String
    private let lives = Monitor<[String: [Life]]>([:])

    /// Starts all agents.
    init(_ programs: Programs, port: UInt16, zones: Int) throws {
        self.zones = zones
        folder = try BenchFolder()
        agent = programs.agent
        for node in nodes + [TakeoverSite.walker] {
            var text = "site: \(TakeoverSite.name)\nnode: \(node)\nbrokers: [mqtt://127.0.0.1:\(port)]\n"
            let things = (0..<zones).map { zone in
                node == TakeoverSite.walker
                    ? "  - {name: sensor-\(zone), input: simulated}\n"
                    : "  - {name: bar-\(zone), channels: white, "
                        + "output: {driver: trace, path: \(folder.path)/\(node).jsonl}}\n"
            }
            text += (node == TakeoverSite.walker ? "priority: 0\nsensors:\n" : "bars:\n") + things.joined()
            try folder.write(text, to: "\(node).yaml")
            try start(node)
        }
    }

    /// Starts a node's agent, for the first time or after ``kill(_:)``.
    func start(_ node: String) throws {
        let process = try ChildProcess(agent, ["--config", "\(folder.path)/\(node).yaml"])
        lives.change { $0[node, default: []].append(Life(process: process)) }
    }

    /// Kills a node's agent with SIGKILL.
    ///
    /// - Returns: when, nanoseconds of the monotonic clock.
    func kill(_ node: String) -> Int64 {
        let last = lives(of: node).count - 1
        let instant = MonotonicClock.now
        lives.change {
            $0[node]?[last].process.signal(SIGKILL)
            $0[node]?[last].killed = instant
        }
        return instant
    }

    /// The lives of a node's agent so far.
    func lives(of node: String) -> [Life] { lives.change { $0[node] ?? [] } }

    /// The node that lives and says that it is the reference; the last to have said so if several do.
    var reference: String? {
        nodes.compactMap { node -> (node: String, since: Int64)? in
            guard let life = lives(of: node).last, life.killed == nil,
                let line = life.process.lines.last(where: { $0.text.contains("mesh time: ") }),
                line.text.contains("mesh time: reference")
            else { return nil }
            return (node, line.instant)
        }.max { $0.since < $1.since }?.node
    }

    /// Awaits that all have mesh time.
    func waitUntilReady() throws {
        for node in nodes + [TakeoverSite.walker] {
            try lives(of: node).last?.process.waitForOutput(
                "mesh time: synchronised", "mesh time: reference", within: .seconds(30))
        }
    }

    /// Gives each zone its configuration: all bars together, and a lead so long that every message surely has come.
    func configure(_ client: MQTTClient, lead: Duration) async throws {
        let names = (0..<zones).map { "zone-\($0)" }
        let revision = RealTimeClock.now
        let site = JSON.encode(SiteMessage(revision: revision, zones: names, timeZone: nil))
        for (index, name) in names.enumerated() {
            let zone = Zone(
                bars: nodes.map { "\($0)/bar-\(index)" },
                sensors: ["\(TakeoverSite.walker)/sensor-\(index)": .first], hold: .seconds(5),
                look: Look(easeIn: .milliseconds(200), easeOut: .zero), wave: nil, lead: lead)
            try await client.publish(
                MQTTMessage(
                    topic: Topic.zoneConfiguration(zone: name).name(site: TakeoverSite.name),
                    payload: JSON.encode(ZoneMessage(zone, revision: revision)), retain: true))
        }
        try await client.publish(
            MQTTMessage(
                topic: Topic.siteConfiguration.name(site: TakeoverSite.name), payload: site, retain: true))
    }

    /// What each bar has shown, by node and bar (`stair-01/bar-3`).
    func traces() -> [String: TraceFile] {
        nodes.reduce(into: [:]) { traces, node in
            traces.merge(TraceFile.read(folder.bytes(of: "\(node).jsonl"))) { first, _ in first }
        }
    }
}
