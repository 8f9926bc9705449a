internal import Configuration
internal import Documents
internal import Glibc
internal import Hardware
internal import Lighting
internal import Logging
internal import MQTT
internal import Mesh
internal import Node
internal import NodeFile
internal import Platform
internal import Telemetry

/// One node at work: a ``NodeMachine`` between its connection, its sensors and its bars.
final class NodeRuntime {
    /// How long a farewell to the broker may take.
    private static let farewellLimit = Duration.seconds(1)

    /// The way to the broker; nil: the network is off.
    let connection: MQTTConnection?
    var machine: NodeMachine
    var bars: NodeBars
    var cache: StateCache?
    /// What bars showed last, if one is to show it at the next start.
    var memory: LightMemory?
    let motionSensors: MotionSensors
    let lightSensors: LightSensors
    private let simulatedSensors: [String]
    let log: Logger
    /// What it has to do with being looked after.
    var care: NodeCare
    let wire: WireRuntime?
    /// Whether it may connect, and whether its first attempt has come to something, or to nothing.
    private var mayConnect = false
    private(set) var hasTried: Bool
    private(set) var stopping = false
    private(set) var saidFarewell = false
    /// Whether it gives way to its successor, with its bars as they are.
    private var isGivingWay = false

    /// - Throws: ``AgentError``, ``MQTTError``.
    init(
        _ node: NodeConfiguration, of file: AgentFile, zones: SiteFile?, wire: WireRuntime?, programs: ProgramRunner,
        handed: [String: Light], stateDirectory: String?
    ) throws {
        let start = MonotonicClock.now
        let clock = MeshClockCore(
            node: node.name, site: file.site, systemOffset: RealTimeClock.offset,
            synchronised: RealTimeClock.isSynchronised, at: start)
        let remembers = node.bars.contains { $0.power.start == .last }
        memory = remembers ? stateDirectory.map { LightMemory(directory: $0, node: node.name) } : nil
        care = NodeCare(file, programs: programs, stateDirectory: stateDirectory)
        let description = NodeRuntime.description(
            of: node, in: file, version: care.version, last: memory, handed: handed, at: clock.mesh(at: start))
        var records: NodeUplink?
        if file.network != .off {
            records = NodeUplink(
                site: file.site, node: node.name, bootId: description.bootId, started: description.started,
                seed: .random(in: .min ... .max))
        }
        machine = NodeMachine(
            description, clock: clock, listener: TopicSensors(node), records: records,
            frame: .nanoseconds(1_000_000_000 / Int64(file.frameRate.value)))
        self.wire = wire
        hasTried = file.network == .off
        connection = try file.network == .off ? nil : NodeRuntime.connection(of: node.name, in: file, machine)
        cache = stateDirectory.map { StateCache(directory: $0, name: node.name) }
        bars = NodeBars(node.bars, node: node.name, site: file.site)
        motionSensors = try MotionSensors(
            node.sensors.compactMap { $0.input.driver.sensor($0.name, node: node.name) })
        lightSensors = try LightSensors(
            node.lightSensors.compactMap { sensor in
                if case .iio(let device) = sensor.input { (sensor.name, device) } else { nil }
            })
        simulatedSensors = node.sensors.filter { $0.input == .simulated }.map(\.name)
        var log = Logger(label: node.name)
        log.logLevel = Logger(label: "").logLevel
        self.log = log
        for bar in node.bars { if let warning = bar.warning { log.warning("\(warning)") } }

        drive(.start, at: start)
        // Places before zones: config/node comes before config/zone.
        for (topic, payload) in (cache?.messages ?? [:]).sorted(by: { $0.key < $1.key }) {
            drive(.remembered(topic: topic, payload: Array(payload.utf8)), at: MonotonicClock.now)
        }
        for message in zones?.messages ?? [] {
            let event = NodeEvent.remembered(topic: message.topic, payload: message.payload)
            drive(.node(event), at: MonotonicClock.now)
        }
        drawIfDue(at: MonotonicClock.now)
    }

    /// The monotonic instant at which ``attend(readable:writable:edges:now:)`` must be called next.
    var deadline: Int64 {
        min(
            mayConnect ? connection?.nextTick ?? .max : .max, motionSensors.nextDue, machine.nextDue, bars.nextDue,
            savingDue)
    }

    /// Lets it connect, with its next attendance.
    func start() { mayConnect = true }

    /// Whether more has come from the broker than could be taken up at once.
    var isBehind: Bool { machine.isBehind }

    /// Does all that is due at `now`, and what the connection's descriptor is ready for. What is planned for now comes
    /// first, then an edge: it may be what the light beside it waits for. What came from the broker comes last, as much of it
    /// as there is time for.
    func attend(readable: Bool, writable: Bool, edges: Bool, now: Int64) {
        showIfDue(at: now)
        if edges || motionSensors.nextDue <= now { sense(at: now) }
        if let connection {
            let reads = readable && !machine.isFull
            if reads || writable {
                take(connection.ready(readable: reads, writable: writable, now: now), at: now)
            } else if mayConnect, connection.nextTick <= now {
                take(connection.tick(now: now), at: now)
            }
        }
        takeTurns(at: now)
        if machine.nextDue <= now { drive(.tick(isQuiet: !readable), at: now) }
        drawIfDue(at: MonotonicClock.now)
        answerProbes(at: now)
        prepareIfDue(at: MonotonicClock.now)
        saveIfDue(at: now)
    }

    /// SIGUSR1: motion for a moment at each simulated sensor, which needs no broker.
    func triggerSimulatedSensors(now: Int64) {
        for name in simulatedSensors { drive(.node(.edge(sensor: name)), at: now) }
        drawIfDue(at: now)
    }

    /// Fades out and says farewell; ``isDone`` tells when that is over.
    func stop(now: Int64) {
        guard !stopping else { return }
        stopping = true
        mayConnect = true
        drive(.node(.stop), at: now)
        drawIfDue(at: now)
    }

    /// Says farewell, with its bars as they are: its successor goes on from there.
    func giveWay() {
        isGivingWay = true
        stopping = true
    }

    /// Whether it has a connection to a broker, or needs none.
    var isConnected: Bool { connection.map { $0.session != nil } ?? true }

    /// Whether, after ``stop(now:)``, the light is out and the broker knows.
    func isDone(now: Int64) -> Bool {
        guard stopping, isGivingWay || machine.isAtRest(at: now) && bars.end(at: now) else { return false }
        if !saidFarewell { saveAll() }
        guard let connection else { return true }
        if !saidFarewell {
            saidFarewell = true
            if connection.session != nil { _ = try? connection.publish(machine.farewell()) }
            connection.disconnect(within: NodeRuntime.farewellLimit)
        }
        return connection.isClosed
    }

    /// A signal came over the wire, whose pulse began at `edge` of the monotonic clock.
    func hear(_ signal: WireSignal, edge: Int64, at now: Int64) {
        drive(.wire(signal, edge: edge), at: now)
        drawIfDue(at: now)
    }

    /// Takes note of what the log says of it.
    func tellRecords(of lines: [LogLine], andMore more: Int, at now: Int64) {
        drive(.logged(lines, andMore: more), at: now)
    }

    // MARK: - The machine

    /// The machine takes up an event, and what it wants is done.
    ///
    /// Light that has set out waits for nothing else, save for the word of it: the others' have further to go.
    func drive(_ event: NodeMachine.Event, at now: Int64) {
        let effects = machine.handle(event, at: now)
        if event.isMotion { for effect in effects { perform(effect, at: now) } }
        if machine.isMoving(at: now) { drawIfDue(at: now) }
        if !event.isMotion { for effect in effects { perform(effect, at: now) } }
    }

    /// The machine takes up an event that changes no light at once, and what it wants is done.
    func tell(_ event: NodeMachine.Event, at now: Int64) {
        for effect in machine.handle(event, at: now) { perform(effect, at: now) }
    }

    private func take(_ events: [MQTTEvent], at now: Int64) {
        for event in events {
            switch event {
            case .refused, .subscribed, .disconnected: hasTried = true
            case .delivered(let id): care.roundTrip.delivered(id, at: now)
            default: break
            }
            if case .disconnected = event { care.roundTrip.disconnected() }
            drive(.broker(event), at: now)
        }
    }

    /// Takes up what has come, as much of it as there is time for.
    private func takeTurns(at now: Int64) {
        for line in machine.beginTurns(at: now) { log.warning("\(line)") }
        var now = now
        while let effects = machine.turn(at: now) {
            if machine.isMoving(at: now) { drawIfDue(at: now) }
            for effect in effects { perform(effect, at: now) }
            now = MonotonicClock.now
        }
    }
}
