internal import Glibc
internal import MQTT
internal import Platform
internal import Processes

/// One zone of some number of bars on a broker of its own, and as many C subscribers on another.
final class ScaleStage: Sendable {
    /// How many processes the bars are shared among; an agent can play many nodes.
    static let processes = 10
    /// What of an activation is counted: until the first reports, which wait for the end of easing.
    private static let window: Int64 = 300_000_000
    /// After the agents' turn, the references'.
    static let referenceOffset: Int64 = 1_100_000_000

    let count: Int
    let fleet: Fleet
    let broker: LocalBroker
    let rawBroker: LocalBroker
    let references: References
    private let subscribers: ChildProcess
    /// Memory of the brokers with nobody there, in kilobytes.
    private let emptyKilobytes: (Int, Int)

    init(_ programs: Programs, bars count: Int) throws {
        self.count = count
        broker = try LocalBroker(configuration: programs.brokerConfiguration)
        rawBroker = try LocalBroker(configuration: programs.brokerConfiguration)
        // A broker goes on growing for a moment after its start.
        sleep(1)
        emptyKilobytes = (
            ProcessFigures.residentKilobytes(broker.pid ?? 0), ProcessFigures.residentKilobytes(rawBroker.pid ?? 0)
        )
        references = try References(programs)
        let perProcess = count / ScaleStage.processes
        subscribers = try references.subscribe(
            port: rawBroker.port, sets: 1, processes: ScaleStage.processes, connections: perProcess)
        // So few frames that the second comes when the last bar surely has had its first.
        fleet = try Fleet(
            programs, port: broker.port, sets: 1, processes: ScaleStage.processes, nodesPerProcess: perProcess,
            frameRate: 25)
    }

    /// Gives the zone its configuration once all agents are online.
    ///
    /// - Returns: how many seconds after the bench began to wait for that they were.
    func configured() async throws -> Double {
        let begun = MonotonicClock.now
        var seconds = 0.0
        var configuration = MQTTConfiguration(addresses: [broker.address], clientID: "footlight-bench")
        configuration.payloadLimit = max(configuration.payloadLimit, 131_072)
        try await MQTTClient.withClient(configuration) { client in
            try await fleet.waitUntilOnline(client, within: .seconds(300))
            seconds = Double(MonotonicClock.now - begun) / 1e9
            try await fleet.configure(client, lead: .zero, easeIn: .milliseconds(400))
        }
        return seconds
    }

    /// CPU nanoseconds that agents and broker have used.
    var used: Int64 { (fleet.pids + [broker.pid ?? 0]).map(ProcessFigures.cpu).reduce(0, +) }

    /// The brokers' memory per bar, in kilobytes: Footlight's and the C subscribers'.
    var kilobytesPerBar: (Double, Double) {
        (
            Double(ProcessFigures.residentKilobytes(broker.pid ?? 0) - emptyKilobytes.0) / Double(count),
            Double(ProcessFigures.residentKilobytes(rawBroker.pid ?? 0) - emptyKilobytes.1) / Double(count)
        )
    }

    /// The agents' memory per bar, in kilobytes.
    var agentKilobytesPerBar: Double {
        Double(fleet.pids.map(ProcessFigures.residentKilobytes).reduce(0, +)) / Double(count)
    }

    /// The edges, and what the brokers' CPU did (nanoseconds) from each edge until the reports begin, beyond what it does at rest.
    struct Outcome: Sendable {
        var edges: [Int64] = []
        var cpu: [Double] = []
        var rawCPU: [Double] = []
    }

    /// Blocks until all activations and their references are over.
    func activate(by schedule: Schedule) throws -> Outcome {
        let publisher = try references.publish(
            schedule, port: rawBroker.port, offset: ScaleStage.referenceOffset)
        var outcome = Outcome()
        Timing.preferThisThread()
        for round in 0..<schedule.rounds {
            let instant = schedule.instant(round)
            let used = used(broker, at: instant) {
                outcome.edges.append(MonotonicClock.now)
                kill(fleet.sensorPid(0), SIGUSR1)
            }
            outcome.cpu.append(used)
            outcome.rawCPU.append(self.used(rawBroker, at: instant + ScaleStage.referenceOffset) {})
        }
        Timing.sleep(until: schedule.instant(schedule.rounds - 1) + 7_000_000_000)
        try publisher.waitForEnd(within: .seconds(10))
        return outcome
    }

    /// A broker's CPU in the window after an instant, at which something is done, less that in the window before.
    private func used(_ broker: LocalBroker, at instant: Int64, _ body: () -> Void) -> Double {
        let pid = broker.pid ?? 0
        Timing.sleep(until: instant - ScaleStage.window - 10_000_000)
        let rest = ProcessFigures.cpu(pid)
        Timing.sleep(until: instant - 10_000_000)
        let before = ProcessFigures.cpu(pid)
        Timing.sleep(until: instant)
        body()
        Timing.sleep(until: instant - 10_000_000 + ScaleStage.window)
        return Double(ProcessFigures.cpu(pid) - before - (before - rest))
    }

    /// Ends everything.
    func end() throws {
        try fleet.end()
        try references.end(subscribers)
    }
}
