internal import Configuration
internal import Fleet
internal import Glibc
internal import Lighting
internal import Logging
internal import MQTT
internal import Mesh
internal import Platform
internal import Telemetry

/// The loop around the core: one thread that waits for the broker's socket, for signals and for instants.
final class FleetLoop {
    /// Why it ended.
    enum Ending {
        case stopped
        case clockWasSet
    }

    /// What ends it.
    static let signals = [SIGTERM, SIGINT]
    /// What it waits for, by the numbers that the poller tells.
    private enum Owner: Int {
        case broker, uplink, lookout
    }

    /// How long a farewell to the broker may take.
    private static let farewellLimit = Duration.seconds(2)
    /// How long the echo that ends what the broker keeps may be awaited.
    private static let settlingLimit: Int64 = 10_000_000_000

    let agent: FleetAgent
    private let poller: Poller
    private let clientID: String
    let connection: MQTTConnection
    let clock = FleetClock()
    let log = Logger(label: "fleet")
    /// What it has to do with records; nil: the file doesn't say where to send them.
    var collector: RecordCollector?
    /// What was last told of the lead.
    var saidLeading = false
    private var cache: StateCache?
    /// Looks for nodes at other brokers.
    private let lookout: Lookout
    /// Keeps a topic's flood from the others.
    private var gate = TopicGate()
    /// When the core wants a tick, on the monotonic clock.
    private var tickDue = Int64.min
    /// What ends the retained messages: a message of our own that comes back after them, and when to wait no longer.
    private let echoTopic: String
    private var echo: (token: [UInt8], deadline: Int64)?
    /// Whether the broker keeps for who comes later, which the same message tells, and where it doesn't what there is.
    private var memory: BrokerMemory
    private var isSettled = false
    private var isStopping = false
    private var ending = Ending.stopped

    /// - Throws: `MQTTError`.
    init(_ agent: FleetAgent) throws {
        self.agent = agent
        do { poller = try Poller(signals: FleetLoop.signals) } catch {
            throw MQTTError(.configurationInvalid, "\(error)")
        }
        let file = agent.file
        lookout = Lookout(site: file.site)
        let echo = "\(file.site)-fleet-\(file.id)"
        echoTopic = "footlight-echo/\(echo)"
        if agent.uplink != nil {
            let boot = String(UInt64.random(in: .min ... .max), radix: 16)
            collector = RecordCollector(site: file.site, agent: file.id, boot: boot, seed: .random(in: .min ... .max))
        }
        if let uplink = agent.uplink {
            poller.watch(uplink.news.descriptor, for: Owner.uplink.rawValue, forWriting: false)
        }
        poller.watch(lookout.news.descriptor, for: Owner.lookout.rawValue, forWriting: false)
        memory = BrokerMemory(site: file.site, own: echoTopic, question: "+/\(echo)", isOwnNamed: true)
        clientID = "footlight-\(file.site)/fleet/\(file.id)"
        var configuration = try file.access.configuration(clientID: clientID)
        configuration.will = { _ in MQTTMessage(agent.read { $0.will }) }
        // A silent broker, or one behind a dead link, is to be noticed before the echo's limit makes it an alarm.
        configuration.keepalive = .seconds(5)
        // Whoever takes over writes all records anew.
        configuration.inFlightLimit = 1000
        configuration.backlogLimit = 50_000
        configuration.backlogByteLimit = 64 << 20
        connection = try MQTTConnection(configuration)
        try connection.subscribe(agent.read { $0.filters }.map(FleetLoop.subscription) + [MQTTSubscription(echoTopic)])
        let state = file.stateDirectory ?? getenv("STATE_DIRECTORY").map { String(cString: $0) }
        cache = state.map { StateCache(directory: $0, name: "\(file.id)-site") }
        // Places before zones, which are filled by them.
        for (topic, payload) in (cache?.messages ?? [:]).sorted(by: { $0.key < $1.key }) {
            handle(.remembered(topic: topic, payload: Array(payload.utf8)))
        }
    }

    /// What a whole fleet says comes without acknowledgement: the broker hands it over as fast as it is read, where
    /// otherwise it waits for each score, and throws away what is more than its queue holds.
    private static func subscription(to filter: String) -> MQTTSubscription {
        let isMany = ["/status", "/health", "config/node/+", "fleet/node/+"].contains { filter.hasSuffix($0) }
        return MQTTSubscription(filter, qos: isMany ? .atMostOnce : .atLeastOnce)
    }

    /// Runs until a signal comes, or the system's clock is set.
    func run() -> Ending {
        log.info("\(agent.file.id) looks after site \(agent.file.site)")
        while !connection.isClosed {
            let (readable, writable, hasStored, hasLooked) = wait()
            let now = MonotonicClock.now
            if !poller.came.isEmpty { stop(because: .stopped) }
            if clock.isWrong { stop(because: .clockWasSet) }
            if readable || writable {
                take(connection.ready(readable: readable, writable: writable, now: now))
            } else if connection.nextTick <= now {
                take(connection.tick(now: now))
            }
            if let echo, echo.deadline <= now {
                log.warning(
                    "\(echoTopic) doesn't come back; let this user publish and read it in the broker's access list")
                settle()
            }
            if !readable, memory.due <= now { remember(.tick) }
            for message in gate.release(at: now) { take(message) }
            for line in gate.takeNews(at: now) { log.warning("\(line)") }
            if tickDue <= now { handle(.tick) }
            if hasStored { takeNewsOfRecords() }
            if hasLooked { for event in lookout.take() { handle(event) } }
            attendToRecords()
            if let news = cache?.attend(at: now) { tell(news) }
        }
        if let why = cache?.finish() { log.warning("what is known can't be kept for the next start: \(why)") }
        return ending
    }

    /// Waits for the socket, a signal, or the next instant that anybody waits for.
    private func wait() -> (readable: Bool, writable: Bool, hasStored: Bool, hasLooked: Bool) {
        if let descriptor = connection.descriptor {
            // It may be another each time, of the same number.
            poller.watch(descriptor, for: Owner.broker.rawValue, forWriting: connection.wantsWrite)
        }
        let due = min(
            connection.nextTick, tickDue, cache?.nextDue ?? .max, echo?.deadline ?? .max, memory.due, gate.due,
            collector?.due.map(clock.monotonic) ?? .max)
        // A second at most: the system's clock may be set meanwhile.
        poller.wait(until: min(due, MonotonicClock.now + 1_000_000_000))
        var came = (readable: false, writable: false, hasStored: false, hasLooked: false)
        for ready in poller.ready {
            switch Owner(rawValue: ready.owner) {
            case .broker: (came.readable, came.writable) = (ready.readable, ready.writable)
            case .uplink: came.hasStored = true
            case .lookout: came.hasLooked = true
            case nil: break
            }
        }
        return came
    }

    private func stop(because ending: Ending) {
        guard !isStopping else { return }
        isStopping = true
        self.ending = ending
        log.notice("\(ending == .stopped ? "asked to end" : "the system's clock was set: begins anew")")
        // The other agent needn't wait for the lease to end.
        if connection.session != nil { _ = try? connection.publish(MQTTMessage(agent.read { $0.will })) }
        connection.disconnect(within: FleetLoop.farewellLimit)
    }

    private func take(_ events: [MQTTEvent]) {
        for event in events {
            switch event {
            case .connected(let session):
                log.info("connected to \(session.address) by \(session.version)")
                echo = nil
                remember(.connected(to: session.address.place.description))
                handle(.connected)
            case .subscribed:
                awaitEcho()
                remember(.subscribed)
            case .message(let message) where message.topic == echoTopic:
                // What an earlier start left there isn't ours.
                if message.payload == echo?.token { remember(message) }
            case .message(let message) where collector?.isOfRecords(message.topic) == true:
                // Each counts, and one that hasn't been taken is said again.
                tellRecords(.heard(topic: message.topic, payload: message.payload))
            case .message(let message):
                let arrived = TopicGate.Message(
                    topic: message.topic, payload: message.payload, retained: message.retained)
                let kind: TopicGate.Kind = message.topic.hasSuffix("/fleet/command") ? .command : .state
                if gate.admit(arrived, as: kind, at: MonotonicClock.now) { take(arrived) }
            case .disconnected(let error):
                log.warning("\(error)")
                echo = nil
                remember(.disconnected)
                handle(.disconnected)
            case .refused(let error): log.warning("\(error)")
            case .subscriptionRefused(let filter, let error):
                log.error("\(error)")
                remember(.refused(filter: filter))
            case .oversized(let topic, let count): log.warning("\(topic): \(count) bytes are too many")
            case .dropped(_, let topic, let reason):
                if reason != .offline, reason != .superseded { log.warning("lost \(topic): \(reason)") }
            case .connecting, .delivered, .closed: break
            }
        }
    }

    private func take(_ message: TopicGate.Message) {
        tellRecords(.heard(topic: message.topic, payload: message.payload))
        handle(.message(topic: message.topic, payload: message.payload, retained: message.retained))
        remember(.message(topic: message.topic, payload: message.payload, retained: message.retained))
    }

    private func awaitEcho() {
        guard echo == nil, !isSettled else { return }
        let token = Array("\(UInt64.random(in: .min ... .max))".utf8)
        echo = (token, MonotonicClock.now + FleetLoop.settlingLimit)
        publish(MQTTMessage(topic: echoTopic, payload: token, retain: true))
    }

    private func remember(_ message: ReceivedMessage) {
        remember(.message(topic: message.topic, payload: message.payload, retained: message.retained))
    }

    /// Has it found out what the broker keeps, and does what follows.
    private func remember(_ event: BrokerMemory.Event) {
        if case .connected = event { isSettled = false }
        for action in memory.handle(event, at: MonotonicClock.now) {
            switch action {
            case .ask(let filter): subscribe([filter])
            case .askNoMore(let filter): connection.unsubscribe([filter])
            case .subscribe(let topics): subscribe(connection.covered(topics))
            case .unsubscribe(let topics): connection.unsubscribe(connection.underWildcards(topics))
            case .tellLack:
                guard let address = connection.session?.address else { continue }
                log.error("the broker at \(address) \(BrokerCapabilities.lackOfWildcards)")
            case .settled: settle()
            }
        }
    }

    private func subscribe(_ filters: [String]) {
        do { try connection.subscribe(filters.map(FleetLoop.subscription)) } catch { log.error("\(error)") }
    }

    private func settle() {
        guard !isSettled else { return }
        isSettled = true
        echo = nil
        publish(MQTTMessage(topic: echoTopic, payload: [], retain: true))
        handle(.settled)
    }

    func handle(_ event: FleetEvent) {
        let now = clock.now
        for action in agent.handle(event, at: now) { perform(action, at: now) }
        tickDue = agent.read { $0.nextDue(after: now) }.map(clock.monotonic) ?? .max
    }

    private func perform(_ action: FleetAction, at now: MeshInstant) {
        switch action {
        case .publish(let publication):
            publish(MQTTMessage(publication))
            tellRecords(.said(topic: publication.topic, payload: publication.payload))
        case .remember(let topic, let payload):
            cache?.keep(topic: topic, payload: payload, at: MonotonicClock.now)
        case .loadTimeZone(let name): loadTimeZone(name, at: now)
        case .lookElsewhere(let nodes): look(for: nodes)
        case .giveWay(let time, let why): connection.giveWay(for: time, because: why)
        case .log(.info, let line): log.info("\(line)")
        case .log(.warning, let line): log.warning("\(line)")
        }
    }

    func publish(_ message: MQTTMessage) {
        // After the farewell nothing more is said, whatever still comes in.
        guard !isStopping else { return }
        do {
            try connection.publish(message)
        } catch {
            log.error("\(error)")
        }
    }

    private func look(for nodes: [String]) {
        guard let address = connection.session?.address else { return }
        do {
            // No will: the agent isn't gone when this is.
            let configuration = try agent.file.access.configuration(clientID: clientID + "-other")
            lookout.look(for: nodes, by: configuration, at: agent.file.access.brokers.filter { $0 != address })
        } catch {
            log.warning("\(nodes.joined(separator: ", ")) can't be looked for at other brokers: \(error)")
        }
    }
}

extension MQTTMessage {
    init(_ publication: FleetAction.Publication) {
        self.init(
            topic: publication.topic, payload: publication.payload,
            qos: publication.qos == 0 ? .atMostOnce : .atLeastOnce, retain: publication.retain)
    }
}
