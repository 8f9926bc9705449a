internal import Lighting
internal import MQTT
public import Mesh
public import Telemetry

/// A node, whole but for its hardware: its core, its mesh time, what comes from the broker, its frames and its records.
/// Pure: it takes events and the instant, and says what is to be done. The agent is descriptors around it, and the
/// simulator runs the very same value. Instants that aren't ``MeshInstant`` are nanoseconds of the monotonic clock.
public struct NodeMachine: ~Copyable, Sendable {
    private let site: String
    package private(set) var core: NodeCore
    package private(set) var clock: MeshClockCore
    private var reception: Reception
    private var frames: FrameSchedule
    private var statistics = FrameStatistics()
    /// The sensors that speak on topics.
    private var listener: any TopicListener
    /// What of the node leaves the site; nil: the network is off.
    private var records: NodeUplink?
    /// Whether the broker keeps for who comes later, and where it doesn't what there is.
    private var memory: BrokerMemory
    var discovery: Discovery
    /// The connection, and what its broker has refused to subscribe to.
    private(set) var session: MQTTSession?
    private(set) var refused: Set<String> = []
    private var timeZone: String?
    private var probes: [Probe] = []
    private var news = ClockNews()
    /// When the core and the clock want a tick, and whether that is known of them as they are.
    private var coreDue = Int64.min
    private var clockDue = Int64.max
    private var isPlanned = false
    /// Counts how often either has changed.
    package private(set) var plans = 0
    private var effects: [NodeEffect] = []

    /// A probe whose frame hasn't been written yet.
    private struct Probe {
        var id: String
        var began: Int64
    }

    /// A node before its start.
    ///
    /// - Parameters:
    ///   - clock: its mesh time.
    ///   - listener: the sensors that speak on topics of their own.
    ///   - records: what of it leaves the site.
    ///   - frame: the time that a frame stands for.
    public init(
        _ description: NodeDescription, clock: MeshClockCore, listener: any TopicListener = NoTopics(),
        records: NodeUplink? = nil, frame: Duration
    ) {
        site = description.site
        core = NodeCore(description)
        self.clock = clock
        self.listener = listener
        self.records = records
        frames = FrameSchedule(interval: frame)
        reception = Reception(site: description.site)
        memory = BrokerMemory(site: description.site, node: description.node)
        discovery = Discovery(site: description.site, node: description.node)
    }

    // MARK: - Events

    /// Takes up an event of the monotonic instant `now`.
    ///
    /// - Returns: what is to be done, in this order.
    public mutating func handle(_ event: Event, at now: Int64) -> [NodeEffect] {
        switch event {
        case .start: start(at: now)
        case .remembered(let topic, let payload):
            tellRecords(.remembered(topic: topic, payload: payload), at: now)
            occur(.remembered(topic: topic, payload: payload), at: now)
        case .broker(let event): take(event, at: now)
        case .node(let event, let instant): occur(event, of: instant, at: now)
        case .wire(let signal, let edge): occur(.wire(signal, edge: clock.mesh(at: edge)), at: now)
        case .system(let offset, let synchronised):
            tellClock(.system(offset: offset, synchronised: synchronised), at: now)
        case .timeZone(let name, let civil):
            timeZone = name
            occur(.civilClock(civil.corrected(by: clock.civilCorrection)), at: now)
        case .logged(let lines, let more):
            tellRecords(.logged(lines, andMore: more, at: clock.mesh(at: now)), at: now)
        case .report(let checks): report(checks, at: now)
        case .written(let due, let toAll): written(due: due, toAll: toAll, at: now)
        case .probed(let failure): answerProbes(failure, at: now)
        case .tick(let isQuiet): tick(isQuiet: isQuiet, at: now)
        }
        return finish(at: now)
    }

    /// Takes up the first of what came from the broker and waits for its turn.
    ///
    /// - Returns: what is to be done, in this order; nil: nothing waits, or the time for it is over.
    public mutating func turn(at now: Int64) -> [NodeEffect]? {
        guard let arrival = reception.next(at: now) else { return nil }
        takeUp(arrival, at: now)
        return finish(at: now)
    }

    private mutating func finish(at now: Int64) -> [NodeEffect] {
        inform(at: now)
        if !isPlanned { plan(at: now) }
        defer { effects = [] }
        return effects
    }

    /// The monotonic instant of the next tick, of a turn, or of a frame that is to be drawn, prepared or shown.
    public var nextDue: Int64 {
        min(
            coreDue, clockDue, frames.due, reception.due, memory.due, listener.nextDue, records?.due ?? .max,
            discovery.due)
    }

    private mutating func start(at now: Int64) {
        // Until the clock says otherwise.
        occur(.clock(isTrusted: false), at: now)
        load(timeZone: nil, at: now)
        let ofClock = ClockTopic.filters(for: core.node, site: site)
        emit(.subscribe(ofClock.map { MQTTSubscription($0, qos: .atMostOnce) }))
        if let records { emit(.subscribe(records.filters.map { MQTTSubscription($0) })) }
        if !listener.topics.isEmpty { emit(.subscribe(listener.topics.map { MQTTSubscription($0) })) }
    }

    private mutating func tick(isQuiet: Bool, at now: Int64) {
        if clockDue <= now { tellClock(.tick, at: now) }
        if listener.nextDue <= now { for (event, end) in listener.tick(at: now) { occur(event, at: end) } }
        if isQuiet, reception.isEmpty, memory.due <= now { remember(.tick, at: now) }
        if coreDue <= now { occur(.tick, at: now, redraws: frames.shown != now || frames.next == nil) }
        if discovery.due <= now { tickDiscovery(at: now) }
        guard let due = records?.due, due <= now, let message = records?.work(at: now) else { return }
        emit(.publish(MQTTMessage(topic: message.topic, payload: message.payload), keep: false))
    }

    /// Takes note of what the core and the clock want next: one of them has changed.
    private mutating func plan(at now: Int64) {
        isPlanned = true
        plans += 1
        coreDue = core.nextDue(after: clock.mesh(at: now)).map(clock.monotonic) ?? .max
        clockDue = clock.nextDue ?? .max
        frames.plan(nextCue: core.nextCue.map(clock.monotonic))
    }

    /// Tells the clock what it is to know of the node.
    private mutating func inform(at now: Int64) {
        if let word = news.word(of: core) { tellClock(word, at: now) }
        if isOnline, let order = news.order(of: core) { tellClock(order, at: now) }
    }

    // MARK: - Doors

    /// The core takes up an event of now, or of an earlier instant, and what it wants is done.
    ///
    /// - Parameter redraws: whether bars may show something else after it; nil: as events of its kind go.
    mutating func occur(_ event: NodeEvent, of instant: Int64? = nil, at now: Int64, redraws: Bool? = nil) {
        let actions = core.handle(event, at: clock.mesh(at: instant ?? now))
        isPlanned = false
        if redraws ?? event.changesLight { frames.redraw(at: now) }
        for action in actions { perform(action, at: now) }
    }

    /// The clock takes up an event, and what it wants is done.
    mutating func tellClock(_ event: MeshClockEvent, at now: Int64) {
        let actions = clock.handle(event, at: now)
        for action in actions { perform(action, at: now) }
        clockDue = clock.nextDue ?? .max
        if actions.isEmpty, case .lit = event { return }
        // What was planned in mesh time is due at another instant of the monotonic clock now.
        isPlanned = false
        frames.replan(at: now)
    }

    /// What the broker keeps may be known better now.
    mutating func remember(_ event: BrokerMemory.Event, at now: Int64) {
        for action in memory.handle(event, at: now) { perform(action, at: now) }
    }

    /// The sensors with topics of their own may have something to tell.
    mutating func listen(at now: Int64, _ told: (inout any TopicListener) -> [NodeEvent]) {
        for event in told(&listener) { occur(event, at: now) }
    }

    /// What leaves the site takes note of something.
    mutating func tellRecords(_ event: NodeUplink.Event, at now: Int64) {
        for action in records?.handle(event, at: now) ?? [] { perform(action) }
    }

    /// Something waits for its turn, or is of the clock exchange: then it is taken up at once.
    mutating func receive(_ message: ReceivedMessage, at now: Int64) {
        guard reception.add(message, isHeard: listener.hears(message.topic), at: now) else { return }
        // What the broker kept of an exchange is of another time.
        if !message.retained { tellClock(.message(topic: message.topic, payload: message.payload), at: now) }
    }

    /// An event of the connection waits for its turn.
    mutating func receive(_ event: MQTTEvent, isTurn: Bool = false) { reception.add(event, isTurn: isTurn) }

    /// The connection is another, or gone.
    mutating func connect(_ session: MQTTSession?) {
        self.session = session
        news.forgetOrder()
    }

    mutating func refuse(_ filter: String) { refused.insert(filter) }
    mutating func forgetRefusals() { refused = [] }

    mutating func emit(_ effect: NodeEffect) { effects.append(effect) }

    mutating func load(timeZone name: String?, at now: Int64) {
        timeZone = name
        reloadTimeZone(at: now)
    }

    mutating func reloadTimeZone(at now: Int64) {
        frames.redraw(at: now)
        emit(.loadTimeZone(timeZone, from: clock.mesh(at: now) + clock.civilCorrection))
    }

    mutating func probe(_ id: String, at now: Int64) {
        probes.append(Probe(id: id, began: now))
        emit(.probe)
    }

    private mutating func answerProbes(_ failure: String?, at now: Int64) {
        let answered = probes
        probes = []
        for probe in answered {
            let figures = ["frameMilliseconds": Double(now - probe.began) / 1e6, "bars": Double(core.barCount)]
            occur(.finished(id: probe.id, figures: figures, failure: failure), at: now)
        }
    }

    private mutating func report(_ own: [HealthMessage.Check], at now: Int64) {
        var checks = statistics.checks() + clock.figures(at: now).checks(hasProfiles: core.hasProfiles) + own
        if memory.verdict == .lacks, let session {
            let detail = "\(session.address.place) \(BrokerCapabilities.lackOfWildcards)"
            checks.append(.init(.broker, healthy: false, value: 1, detail: detail))
        }
        checks += reception.checks(at: now) + (records?.checks() ?? [])
        discovery.measure(checks, of: core, at: now)
        publish(core.health(at: clock.mesh(at: now), checks: checks), at: now)
    }

    // MARK: - Turns and frames

    /// Begins to take turns: see ``turn(at:)``.
    ///
    /// - Returns: lines for the log, of floods.
    public mutating func beginTurns(at now: Int64) -> [String] {
        reception.begin(at: now) { [listener] in listener.hears($0) }
    }

    /// True if something that came from the broker wants its turn, now or later.
    public var hasTurns: Bool { reception.due != .max }

    /// True if no more is to be read from the broker until some of it has been taken up.
    public var isFull: Bool { reception.isFull }

    /// True if more has come from the broker than could be taken up at once.
    public var isBehind: Bool { reception.isBehind }

    /// True if a frame for a probe is to be written.
    public var isProbed: Bool { !probes.isEmpty }

    /// When the prepared frame is to be shown; nil: there is none.
    var preparedDue: Int64? { frames.preparedDue }

    /// True while frames follow each other.
    public var isDrawing: Bool { frames.next != nil }

    /// Draws the frame that is due at `now`, if one is: ``look(ofBar:)`` has it.
    ///
    /// - Returns: when it was due; nil: none was.
    public mutating func draw(at now: Int64) -> Int64? { frames.draw(&core, by: clock, at: now) }

    /// Calculates the first frame of the next cue once its time is near: ``preparedLook(ofBar:)`` has it.
    ///
    /// - Returns: whether it did.
    public mutating func prepare(at now: Int64) -> Bool { frames.prepare(core, by: clock, at: now) }

    /// Has the prepared frame shown when its time has come: ``look(ofBar:)`` has it.
    ///
    /// - Returns: when it was due; nil: there is none, or it is too late for it.
    public mutating func show(at now: Int64) -> Int64? { frames.show(&core, by: clock, at: now) }

    /// Returns what the bar at `index` shows in the frame that was prepared last.
    public func preparedLook(ofBar index: Int, byPixel: Bool = false) -> BarLook? {
        frames.preparedLook(ofBar: index, byPixel: byPixel)
    }

    private mutating func written(due: Int64?, toAll: Bool, at now: Int64) {
        if toAll {
            core.written(at: clock.mesh(at: now))
            if let due { statistics.drew(late: now - due) }
        }
        if let light = news.light(of: core) { tellClock(light, at: now) }
    }
}
