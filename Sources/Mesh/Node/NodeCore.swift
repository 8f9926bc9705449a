public import Lighting

/// A node's mind: what it makes of messages and motion, and what its bars show. Pure; the agent around it does the I/O.
public struct NodeCore: Sendable {
    /// How long after a command its override begins: all bars have it by then.
    static let overrideLead = Duration.milliseconds(30)
    /// How often a node reports its health.
    static let healthInterval = Duration.seconds(10)
    /// How long after a reconnect what the broker lacks is restored: its operator or fleet agent goes first.
    static let restoreDelay = Duration.seconds(1)
    /// How long bars may take to go out when the agent is told to end: with a wave along them (5 s), two files on a disk that
    /// doesn't answer (2 s) and the word to the broker (1.5 s), less than its unit waits (15 s).
    static let longestFarewell = Duration.seconds(6)
    /// How many zones a node may have a part in.
    static let maximumZones = 1000
    /// How many bytes the configuration of all of them may have together.
    static let maximumConfigurationBytes = 1 << 20
    /// How many bytes a message may have: the portable profile's 128 KB.
    static let longestMessage = 131_071

    /// The node as its agent describes it.
    public let description: NodeDescription
    var presence = Presence()
    var zones: [String: ZoneRecord] = [:]
    /// Who has a part in them.
    var parts = ZoneParts()
    /// How many bytes their configurations have together.
    var configurationBytes = 0
    var site: SiteMessage?
    /// The site and places as they came, with what only later contracts know: so they are restored.
    var siteOriginal: [UInt8] = []
    var placesOriginals: [String: [UInt8]] = [:]
    /// Who fills which place.
    var places = Places()
    var clock = CivilClock.utc
    var sensors: [SensorState]
    var bars: [BarState]
    /// What its own light sensors say, by their names.
    var ownLights: [String: LightMessage]
    /// How bright light sensors that matter here find it, by `node/name`, in lux.
    var lights: [String: Double] = [:]
    /// Whether, and as the how-manyth connection, the broker is there.
    var connection: Int?
    /// Where the broker is.
    var broker: String?
    /// What is known of it since the last connect.
    var learnt = SessionKnowledge()
    var filters: FilterNeeds
    /// Whether there has been a connection since the agent's start.
    var hasConnected = false
    /// Until what it knows is complete, a bar is at once where the plan has it.
    var isFresh = true
    /// Whether the clock goes by the mesh's reference.
    var isClockTrusted = true
    /// By how much it may be off the reference's, as far as it said.
    var clockError = Duration.zero
    /// Whether the message that is being taken up was published just now.
    var isLive = false
    /// What was said while the clock wasn't trusted, or from beyond its future, by topic: read again once it has been set.
    var unread: [String: [UInt8]] = [:]
    /// The latest instant at which, by what is kept of it, anything was said before the clock was trusted.
    public internal(set) var latestWord: MeshInstant?
    /// What it has to do of its own accord, and when.
    var agenda = Agenda()
    /// Whether the node sleeps: its bars are dark, whatever its zones say, and nobody counts on it.
    var isAsleep = false
    /// The commands that were in force before this start, by zone, as long as the node doesn't know the zone or the time.
    var recalled: [String: [UInt8]] = [:]
    /// The sensors whose last word was taken as of its arrival: what they really said takes its place.
    var untimed: Set<String> = []
    /// When it last said that it is there since another acted in its stead.
    var reassuredAt = MeshInstant.distantPast
    /// How long messages take to arrive, here and at other nodes.
    var deliveries = DeliveryTimes()
    /// The actions that were done, and those that are still being done.
    var taken = ActionMemory()
    /// What was obeyed, and isn't done yet.
    var held: [HeldAction] = []
    /// Whether another agent goes by the node's name, and what the node's status says of that.
    var takeovers: TakeoverWatch
    var saidConflict: String?
    var refusals = Refusals()
    /// What of messages is left out, since only later contracts know it, by topic.
    var leftOut: [String: String] = [:]
    /// Actions gathered while an event is handled.
    var actions: [NodeAction] = []

    /// A node that knows only itself.
    public init(_ description: NodeDescription) {
        self.description = description
        filters = FilterNeeds()
        filters.replace([], with: NodeCore.fixedFilters(of: description))
        takeovers = TakeoverWatch(bootId: description.bootId, started: description.started.nanoseconds)
        sensors = description.sensors.map { SensorState($0) }
        bars = description.bars.map { BarState(name: $0.name) }
        ownLights = Dictionary(uniqueKeysWithValues: description.lights.map { ($0, LightMessage(lux: nil)) })
        for index in bars.indices {
            guard let shown = description.startLights[bars[index].name] else { continue }
            bars[index].interim = InterimLight(shown: shown, until: description.started + InterimLight.patience)
        }
    }

    /// Takes up an event that happened at `now`.
    ///
    /// - Returns: what is to be done, in this order.
    public mutating func handle(_ event: NodeEvent, at now: MeshInstant) -> [NodeAction] {
        switch event {
        case .connected(let connection, let broker):
            self.broker = broker
            connected(connection, at: now)
        case .settled:
            agenda[.restore] = now + NodeCore.restoreDelay
            learnt.isRestored = false
        case .disconnected:
            connection = nil
            takeovers.lost(at: now)
        case .message(let topic, let payload, true) where !payload.isEmpty && isOfAnInstant(topic):
            if learnt.retainedActions.insert(topic).inserted {
                actions.append(.log(.warning, "\(topic): \(MessageError.retained(topic))"))
            }
        case .message(let topic, let payload, let retained):
            isLive = !retained
            if payload.isEmpty { learnt.retainedActions.remove(topic) }
            take(topic: topic, payload: payload, at: now, remembered: false)
            isLive = false
        case .remembered(let topic, let payload): take(topic: topic, payload: payload, at: now, remembered: true)
        case .refused(let topic, let error): refuse(error, topic: topic, at: now)
        case .motion(let sensor, let seen):
            if let index = sensors.firstIndex(where: { $0.description.name == sensor }) {
                isFresh = false
                motion(of: index, seen: seen, at: now)
            }
        case .edge(let sensor):
            if let index = sensors.firstIndex(where: { $0.description.name == sensor }) {
                isFresh = false
                trigger(index, for: .zero, at: now)
            }
        case .heard(let sensor, let hearing): heard(sensor, hearing, at: now)
        case .wire(let signal, let edge): heard(signal, edge: edge, at: now)
        case .sensor(let sensor, let fault): read(sensor, fault: fault, at: now)
        case .light(let sensor, let lux, let fault): measured(sensor, lux: lux, fault: fault, at: now)
        case .output(let bar, let failure): output(of: bar, failure: failure, at: now)
        case .civilClock(let clock): take(clock, at: now)
        case .saved: release(isSaved: true, at: now)
        case .finished(let id, let figures, let failure): finished(id, figures: figures, failure: failure)
        case .clock(let isTrusted, let error):
            clockError = error
            trust(isTrusted, at: now)
        case .clockStepped(let step): shift(by: step, at: now)
        case .stop: stop(at: now)
        case .tick: tick(at: now)
        }
        if !isFresh {
            for index in bars.indices {
                if let until = bars[index].interim?.until, until > now { bars[index].interim?.until = now }
            }
        }
        // What became of a zone, and how long a message took, is told once the light is lit and the register is out: by a
        // tick that is due at once.
        if event.isMotion {
            agenda[.keep] = now
        } else if case .message = event, isMoving(at: now) {
            agenda[.keep] = now
        } else {
            agenda[.keep] = nil
            if let news = deliveries.news() { say(news) }
            keep(at: now)
        }
        defer { actions.removeAll(keepingCapacity: true) }
        return actions
    }

    /// The next instant after `now` at which the node is to have a tick, or a frame is to be drawn.
    public func nextDue(after now: MeshInstant) -> MeshInstant? {
        var next = agenda.next(but: tellsOfZones ? nil : .zones)
        for index in bars.indices {
            if let change = bars[index].nextCue { next = min(next, change) }
            if let due = bars[index].reportDue { next = min(next, due) }
        }
        for sensor in sensors { if let due = sensor.nextDue { next = min(next, due) } }
        for one in held { next = min(next, one.until) }
        if let due = presence.distrustEnds { next = min(next, due) }
        return next == .distantFuture ? nil : next
    }

    /// Takes up a clock on the wall, or that it hangs elsewhere.
    mutating func take(_ clock: CivilClock, at now: MeshInstant) {
        self.clock = clock.placed(at: site?.location?.location, asOf: now)
        for index in zones.positions { zones.values[index].state.clock = self.clock }
        for name in zones.keys.sorted() {
            for index in renewHolds(of: name, at: now) { mergeOwn(index, at: now) }
        }
        replan(at: now)
    }

    private mutating func tick(at now: MeshInstant) {
        if agenda.take(.wake, at: now) { sleep(until: nil, at: now) }
        if clock.isOutdated(at: now) { take(clock, at: now) }
        if agenda.take(.unanswered, at: now) { succeedKeepers(at: now) }
        if let due = presence.distrustEnds, due <= now { trustKeepers(at: now) }
        if agenda.take(.future, at: now) { readAgain(isSet: false, at: now) }
        if agenda.take(.afterglow, at: now) { judgeAfterglow(at: now) }
        for index in sensors.indices { attend(to: index, at: now) }
        for index in bars.indices {
            if let due = bars[index].reportDue, due <= now {
                bars[index].reportDue = nil
                report(bar: index)
            }
        }
        release(isSaved: false, at: now)
        if agenda.take(.restore, at: now) {
            learnt.isRestored = true
            isFresh = false
            restore(at: now)
        }
        if agenda.take(.lastResort, at: now) { restore(at: now, isLastResort: true) }
        if agenda.take(.health, at: now) {
            agenda[.health] = now + NodeCore.healthInterval
            sayConflict(at: now)
            actions.append(.reportHealth)
        }
    }

    private mutating func output(of bar: String, failure: String?, at now: MeshInstant) {
        guard let index = bars.firstIndex(where: { $0.name == bar }), bars[index].failure != failure else { return }
        bars[index].failure = failure
        bars[index].reportDue = now
        actions.append(
            failure.map { .log(.warning, "bar \(bar): \($0)") } ?? .log(.info, "bar \(bar) works again"))
    }

    // MARK: - Publishing

    mutating func publish(_ topic: Topic, _ payload: [UInt8], retain: Bool, qos: Int = 1, keep: Bool = false) {
        actions.append(
            .publish(
                NodeAction.Publication(
                    topic: topic.name(site: description.site), payload: payload, retain: retain, qos: qos, keep: keep)))
    }

    mutating func report(bar index: Int) {
        let bar = bars[index]
        publish(
            .bar(node: description.node, bar: bar.name), JSON.encode(bar.message), retain: true, keep: true)
    }

    /// The farewell of a node that ends in good order.
    public func farewell() -> NodeAction.Publication { description.will(connection: connection ?? 0) }

    /// True if the node's birth has come back from the broker since it connected, and with it who else is online.
    public var knowsWhoIsThere: Bool { learnt.knowsWhoIsThere }

    /// The node's name.
    public var node: String { description.node }

    /// The nodes that are online, in the order of precedence.
    public var clockOrder: [String] { presence.clockOrder }

    /// Another whenever ``clockOrder`` is another.
    public var clockOrderRevision: Int { presence.orderRevision }

    /// True if nodes with a part in one of its zones aren't at this broker: off, or at another.
    public var missesOthers: Bool {
        guard connection != nil, learnt.knowsWhoIsThere else { return false }
        return zones.values.contains { zone in
            zone.nodes.contains {
                $0 != description.node
                    && (!learnt.heardHere.contains($0) || presence[$0]?.state ?? .offline == .offline)
            }
        }
    }

    /// True if one of its zones goes by the time of day.
    public var hasProfiles: Bool { zones.values.contains { !$0.state.zone.profile.entries.isEmpty } }

    /// The instant at which the last of the bars comes to rest.
    public var restsAt: MeshInstant { bars.map(\.restsAt).max() ?? .distantPast }

    /// The health report with the agent's own `checks`, to be published as it is.
    public func health(at now: MeshInstant, checks: [HealthMessage.Check]) -> NodeAction.Publication {
        var all = checks
        let refusal = refusals.last(at: now) { !isOfAnInstant($0) }
        all.append(.init(.messages, healthy: refusal == nil, value: Double(refusals.count), detail: refusal))
        all += configurationChecks(at: now) + conflictChecks(at: now) + retainedActionChecks
        all += contractChecks
        for sensor in sensors { all += sensor.checks(since: description.started, at: now) }
        all += lightChecks
        for bar in bars {
            all.append(
                .init(
                    .bar, of: bar.name, healthy: bar.failure == nil, value: bar.light.lightness.value,
                    detail: bar.failure))
        }
        let message = HealthMessage(
            at: now.nanoseconds, uptimeSeconds: (now - description.started).seconds, checks: all)
        return NodeAction.Publication(
            topic: Topic.health(node: description.node).name(site: description.site), payload: JSON.encode(message),
            retain: false, qos: 0, keep: false)
    }
}
