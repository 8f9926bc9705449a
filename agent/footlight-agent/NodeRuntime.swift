internal import Configuration
internal import Documents
internal import Glibc
internal import Hardware
internal import Lighting
internal import Logging
internal import MQTT
internal import Mesh
internal import NodeFile
internal import Telemetry

/// One node at work: its core between its connection, its sensors and its bars.
final class NodeRuntime {
    /// How long a farewell to the broker may take.
    private static let farewellLimit = Duration.seconds(1)

    /// The way to the broker; nil: the network is off.
    let connection: MQTTConnection?
    var core: NodeCore
    var clock: MeshClockCore
    /// What the clock was last told: who is online (the revision of that), when something was said that is kept, and whether
    /// a bar is lit.
    var toldOrder: Int?
    var toldWord: MeshInstant?
    var toldLit = true
    var cache: StateCache?
    /// What bars showed last, if one is to show it at the next start.
    var memory: LightMemory?
    var bars: [DrawnBar]
    var outputs: [DrivenOutput]
    /// The sensors that speak on topics.
    var topicSensors: TopicSensors
    let motionSensors: MotionSensors
    let simulatedSensors: [String]
    let lightSensors: LightSensors
    let interval: Duration
    let log: Logger
    /// What topics of the clock exchange begin with.
    let clockPrefix: String
    /// The time zone that profiles go by.
    var timeZone: String?
    /// What comes from the broker: what keeps a topic's flood from the others, and what waits to be taken up.
    var gate = TopicGate()
    var intake = Intake<MQTTEvent>()
    /// When the next frame is due, on the monotonic clock.
    var nextFrame: Int64?
    /// When the clock wants a tick, on the monotonic clock: kept, because to ask it means to copy it.
    var clockDue: Int64 = .max
    /// When the core wants a tick, on the monotonic clock.
    var nextDue: Int64 = .min
    /// When a bar's next cue comes into force, on the monotonic clock, and the frame that will then be written.
    var nextCue: Int64?
    var prepared: PreparedFrame?
    var frameStatistics = FrameStatistics()
    /// Whether it may connect, and whether its first attempt has come to something, or to nothing.
    private var mayConnect = false
    var hasTried: Bool
    private let wire: WireRuntime?
    /// What it has to do with being looked after.
    var care: NodeCare
    /// What of it leaves the site; nil: the network is off.
    var records: NodeUplink?
    private(set) var stopping = false
    var saidFarewell = false
    /// Whether it gives way to its successor, with its bars as they are.
    private var isGivingWay = false

    /// - Throws: ``AgentError``, ``MQTTError``.
    init(
        _ node: NodeConfiguration, of file: AgentFile, zones: SiteFile?, wire: WireRuntime?, programs: ProgramRunner,
        handed: [String: Light], stateDirectory: String?
    ) throws {
        let start = SystemClock.monotonicNow
        clock = MeshClockCore(
            node: node.name, site: file.site, systemOffset: SystemClock.offset,
            synchronised: SystemClock.isSynchronised, at: start)
        let now = clock.mesh(at: start)
        let remembers = node.bars.contains { $0.power.start == .last }
        memory = remembers ? stateDirectory.map { LightMemory(directory: $0, node: node.name) } : nil
        care = NodeCare(file, node: node.name, programs: programs, stateDirectory: stateDirectory)
        var description = NodeDescription(
            site: file.site, node: node.name,
            bars: node.bars.map { .init(name: $0.name, channels: $0.channels.rawValue) },
            sensors: node.sensors.map {
                .init(
                    name: $0.name, driver: $0.input.driverName, stuckLimit: $0.stuckLimit ?? .seconds(3600),
                    topic: $0.input.topic)
            },
            version: care.version, bootId: String(UInt64.random(in: .min ... .max), radix: 16), started: now,
            synchronised: SystemClock.isSynchronised, priority: file.priority, triggers: file.triggers)
        description.commands = Set(file.commands.keys)
        description.lights = node.lightSensors.map(\.name)
        for bar in node.bars {
            if bar.power.start == .on { description.startLights[bar.name] = .full }
            if bar.power.start == .last { description.startLights[bar.name] = memory?.light(of: bar.name) }
            if let light = handed["\(node.name)/\(bar.name)"] { description.startLights[bar.name] = light }
            description.stopLights[bar.name] =
                switch bar.power.stop {
                case .off: nil
                case .last: .last
                case .on: .on
                }
        }
        core = NodeCore(description)
        if file.network != .off {
            records = NodeUplink(
                site: file.site, node: node.name, bootId: description.bootId, started: now,
                seed: .random(in: .min ... .max))
        }
        clockPrefix = ClockTopic.prefix(site: file.site)
        self.wire = wire
        hasTried = file.network == .off
        connection = try file.network == .off ? nil : NodeRuntime.connection(of: node.name, in: file, core: core)
        cache = stateDirectory.map { StateCache(directory: $0, name: node.name) }
        let made = NodeOutputs(node.bars, node: node.name, site: file.site)
        bars = zip(node.bars, made.places).map { DrawnBar($0, at: $1) }
        outputs = made.outputs.map { DrivenOutput($0) }
        topicSensors = TopicSensors(node)
        motionSensors = try MotionSensors(
            node.sensors.compactMap { $0.input.driver.sensor($0.name, node: node.name) })
        lightSensors = try LightSensors(
            node.lightSensors.compactMap { sensor in
                if case .iio(let device) = sensor.input { (sensor.name, device) } else { nil }
            })
        simulatedSensors = node.sensors.filter { $0.input == .simulated }.map(\.name)
        interval = .nanoseconds(1_000_000_000 / Int64(file.frameRate.value))
        var log = Logger(label: node.name)
        log.logLevel = Logger(label: "").logLevel
        self.log = log
        for bar in node.bars { if let warning = bar.warning { log.warning("\(warning)") } }

        // Until the clock says otherwise.
        handle(.clock(isTrusted: false), at: start)
        loadTimeZone(nil, at: now)
        // Places before zones: config/node comes before config/zone.
        for (topic, payload) in (cache?.messages ?? [:]).sorted(by: { $0.key < $1.key }) {
            tellRecords(.remembered(topic: topic, payload: Array(payload.utf8)), at: start)
            handle(.remembered(topic: topic, payload: Array(payload.utf8)), at: SystemClock.monotonicNow)
        }
        for message in zones?.messages ?? [] {
            handle(.remembered(topic: message.topic, payload: message.payload), at: SystemClock.monotonicNow)
        }
        let ofClock = ClockTopic.filters(for: node.name, site: file.site)
        try connection?.subscribe(ofClock.map { MQTTSubscription($0, qos: .atMostOnce) })
        if let records { try connection?.subscribe(records.filters.map { MQTTSubscription($0) }) }
        let topics = topicSensors.topics
        if !topics.isEmpty { try connection?.subscribe(topics.map { MQTTSubscription($0) }) }
        drawIfDue(at: SystemClock.monotonicNow)
    }

    /// The monotonic instant at which ``attend(readable:writable:edges:now:)`` must be called next.
    var deadline: Int64 {
        var deadline = min(
            mayConnect ? connection?.nextTick ?? .max : .max, motionSensors.nextDue, nextDue, nextFrame ?? .max,
            clockDue,
            preparationDue, savingDue, gate.due, care.memory.due, topicSensors.nextDue, intake.isEmpty ? .max : .min,
            records?.due ?? .max)
        for output in outputs { deadline = min(deadline, output.nextDue) }
        return deadline
    }

    /// Lets it connect, with its next attendance.
    func start() { mayConnect = true }

    /// Whether more has come from the broker than could be taken up at once.
    var isBehind: Bool { intake.isBehind }

    /// Does all that is due at `now`, and what the connection's descriptor is ready for. What is planned for now comes
    /// first, then an edge: it may be what the light beside it waits for. What came from the broker comes last, as much of it
    /// as there is time for.
    func attend(readable: Bool, writable: Bool, edges: Bool, now: Int64) {
        let hasPresented = presentIfDue(at: now)
        if edges || motionSensors.nextDue <= now { sense(at: now) }
        if let connection {
            let reads = readable && !intake.isFull
            if reads || writable {
                take(connection.ready(readable: reads, writable: writable, now: now), at: now)
            } else if mayConnect, connection.nextTick <= now {
                take(connection.tick(now: now), at: now)
            }
        }
        if clockDue <= now { tell(.tick, at: now) }
        takeUp(at: now)
        if topicSensors.nextDue <= now {
            for (event, end) in topicSensors.tick(at: now) { handle(event, at: end) }
        }
        if !readable, intake.isEmpty, care.memory.due <= now { remember(.tick, at: now) }
        if nextDue <= now { handle(.tick, at: now, redraws: !hasPresented || nextFrame == nil) }
        drawIfDue(at: SystemClock.monotonicNow)
        answerProbes(at: now)
        tellClock(at: now)
        prepareIfDue(at: SystemClock.monotonicNow)
        saveIfDue(at: now)
        workOnRecords(at: now)
    }

    /// SIGUSR1: motion for a moment at each simulated sensor, which needs no broker.
    func triggerSimulatedSensors(now: Int64) {
        for name in simulatedSensors {
            handle(.edge(sensor: name), at: now)
        }
        drawIfDue(at: now)
    }

    /// Fades out and says farewell; ``isDone`` tells when that is over.
    func stop(now: Int64) {
        guard !stopping else { return }
        stopping = true
        mayConnect = true
        handle(.stop, at: now)
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
        guard stopping, isGivingWay || haveOutputsEnded(at: now) else { return false }
        if !saidFarewell { saveAll() }
        guard let connection else { return true }
        if !saidFarewell {
            saidFarewell = true
            if connection.session != nil { _ = try? connection.publish(MQTTMessage(core.farewell())) }
            connection.disconnect(within: NodeRuntime.farewellLimit)
        }
        return connection.isClosed
    }

    /// Whether the light is out, and every output has shown its last frame and said so.
    private func haveOutputsEnded(at now: Int64) -> Bool {
        guard core.restsAt <= clock.mesh(at: now), nextFrame == nil, outputs.allSatisfy(\.isSettled) else {
            return false
        }
        for index in outputs.indices { outputs[index].endIfDue(at: now) }
        return outputs.allSatisfy(\.hasEnded)
    }

    /// A signal came over the wire, whose pulse began at `edge` of the monotonic clock.
    func hear(_ signal: WireSignal, edge: Int64, at now: Int64) {
        handle(.wire(signal, edge: clock.mesh(at: edge)), at: now)
        drawIfDue(at: now)
    }

    /// Takes up an event of the instant `now`, or of `instant`, if that was earlier.
    ///
    /// - Parameter redraws: whether the bars may show something else now.
    func handle(_ event: NodeEvent, of instant: Int64? = nil, at now: Int64, redraws: Bool = true) {
        let mesh = clock.mesh(at: instant ?? now)
        let actions = core.handle(event, at: mesh)
        if redraws { nextFrame = now }
        // Light that has set out waits for nothing else, save for the word of it: the others' have further to go.
        if event.isMotion { for action in actions { perform(action, at: now) } }
        if redraws, core.isMoving(at: mesh) { drawIfDue(at: now) }
        if !event.isMotion { for action in actions { perform(action, at: now) } }
        plan(at: now)
    }

    /// Takes note of what the core wants next: it, or the clock that it goes by, has changed.
    func plan(at now: Int64) {
        nextDue = monotonic(of: core.nextDue(after: clock.mesh(at: now))) ?? .max
        nextCue = monotonic(of: core.nextCue)
        prepared = nil
    }

    func monotonic(of instant: MeshInstant?) -> Int64? {
        guard let instant else { return nil }
        return clock.monotonic(of: instant)
    }

    func perform(_ action: NodeAction, at now: Int64) {
        do {
            switch action {
            case .publish(let publication):
                let id = try connection?.publish(MQTTMessage(publication), keep: publication.keep)
                if let id, publication.qos > 0, connection?.session != nil { care.roundTrip.sent(id, at: now) }
                tellRecords(.said(topic: publication.topic, payload: publication.payload), at: now)
            case .subscribe(let filters): try connection?.subscribe(filters.map(NodeRuntime.subscription))
            case .unsubscribe(let filters): connection?.unsubscribe(filters)
            case .remember(let topic, let payload):
                cache?.keep(topic: topic, payload: payload, at: now)
            case .tellClock(returned: let node): tell(.returned(node), at: now)
            case .loadTimeZone(let name): loadTimeZone(name, at: clock.mesh(at: now))
            case .signal(let signal): wire?.say(signal, now: now)
            case .reportHealth:
                tell(.system(offset: SystemClock.offset, synchronised: SystemClock.isSynchronised), at: now)
                if let connection, connection.configuration.addresses.count > 1 {
                    connection.isLonely = core.missesOthers
                }
                let checks =
                    frameStatistics.checks() + clock.figures(at: now).checks(hasProfiles: core.hasProfiles)
                    + Punctuality.checks
                    + (wire.map { [$0.check] } ?? []) + care.checks(at: now) + savingChecks(at: now)
                    + brokerChecks + gate.checks(at: now) + (records?.checks() ?? [])
                let report = core.health(at: clock.mesh(at: now), checks: checks)
                try connection?.publish(MQTTMessage(report))
                tellRecords(.said(topic: report.topic, payload: report.payload), at: now)
            case .probe(let id): probe(id, at: now)
            case .run(let command, let id): run(command, id: id)
            case .giveWay(let time, let why): connection?.giveWay(for: time, because: why)
            case .restart:
                log.notice("asked to restart")
                kill(getpid(), SIGTERM)
            case .log(.info, let line): log.info("\(line)")
            case .log(.warning, let line): log.warning("\(line)")
            }
        } catch {
            // After the farewell nothing more is said, whatever still comes in.
            if !saidFarewell { log.error("\(error)") }
        }
    }

    /// Statuses come without acknowledgement. The broker then hands over all of a large site's at once, before it says
    /// that the subscription stands, where otherwise it waits for each score of them; and after a broken connection all
    /// come again anyway.
    static func subscription(to filter: String) -> MQTTSubscription {
        MQTTSubscription(filter, qos: filter.hasSuffix("/status") ? .atMostOnce : .atLeastOnce)
    }
}
