internal import HomeAssistant
public import Lighting
internal import Mesh

/// A fleet agent's mind: what it makes of what nodes say, and what it does about it. Pure; the agent around it does the I/O.
public struct FleetCore: Sendable {
    /// How many zones it looks after; a site beyond that is not ours, or hostile.
    static let maximumZones = 1000

    enum Due: Sendable {
        case check(String)
        case deadline(String, number: Int)
    }

    /// What is to be sent once what was written before it has come back.
    struct Deferred: Sendable {
        var zone: String
        var stamp: Stamp
        /// An activity's id, or an operator's command.
        var matter: String
        var publications: [FleetAction.Publication]
        var isWritten = false
    }

    let description: FleetDescription
    var policy: FleetPolicy { description.policy }
    var presence = Presence()
    var view: View
    var election: Election
    /// Whether another agent goes by its name.
    var takeovers: TakeoverWatch
    /// How sending records goes; nil: it sends none.
    var uplink: UplinkState?
    /// What it last said that somebody should see to.
    var saidRemark: String?
    var nodes: [String: NodeRecord] = [:]
    var groups: [String: GroupRecord] = [:]
    /// What fleet agents said of zones whose configuration hasn't come yet.
    var unplaced: [String: GroupMessage] = [:]
    var site: SiteMessage?
    var places = Places()
    /// The site's configuration as it came, by topic.
    var copies: [String: [UInt8]] = [:]
    /// What came since the last connect, by topic.
    var seen: Set<String> = []
    var isSettling = false
    var clocks: [String?: CivilClock] = [:]
    var clocksAsked: [String?: MeshInstant] = [:]
    var queue = DueQueue<Due>()
    var deferred: [Deferred] = []
    /// The vacant places that nodes were given, and when, until that has come back.
    var offers: [String: (places: [String], at: MeshInstant)] = [:]
    /// The nodes that zones name.
    var owners: Set<String> = []
    /// The records that haven't come back yet.
    var echoes = Echoes()
    /// Who answers at another broker.
    var elsewhere = Elsewhere()
    /// Until when the present step of each open activity may take.
    var stepDue: [String: MeshInstant] = [:]
    /// Since when a node has the boot that its activity waits for.
    var booted: Set<String> = []
    var unhealthy: Set<String> = []
    var dirtyNodes: Set<String> = []
    var dirtyGroups: Set<String> = []
    /// Where Home Assistant was told of which group, since the last connect.
    var discovered: [String: DiscoveryTopic] = [:]
    var isPlaced = true
    var beatDue: MeshInstant?
    var evaluateDue: MeshInstant?
    var scheduleDue: MeshInstant?
    var lastHandled: MeshInstant?
    var wasLeader = false
    var recentCommands: [String] = []
    /// What was told, so that it is told once.
    var told: Set<String> = []
    /// Actions gathered while an event is handled.
    var actions: [FleetAction] = []

    /// An agent that has heard nothing yet.
    public init(_ description: FleetDescription, at now: MeshInstant) {
        self.description = description
        view = View(
            echoLimit: description.policy.echoLimit, systemSilence: description.policy.systemSilence, at: now)
        election = Election(
            id: description.id, bootId: description.bootId, version: description.version,
            priority: description.priority, lease: description.policy.lease)
        takeovers = TakeoverWatch(bootId: description.bootId, started: description.started.nanoseconds)
        for spare in description.policy.spares.keys { nodes[spare, default: NodeRecord()].message.isSpare = true }
    }

    /// The filters of all topics that the agent listens to.
    public var filters: [String] {
        let fleet = ["node/+", "group/+", "agent/+", "command"].map { "fleet/\($0)" }
        let mesh = ["node/+/status", "node/+/health", "node/+/result", "config/site", "config/zone/+", "config/node/+"]
        return (mesh + fleet).map { "footlight/\(description.site)/\($0)" } + ["$SYS/broker/uptime"]
    }

    /// The will, and the farewell of an agent that ends in good order.
    public var will: FleetAction.Publication {
        var claim = election.claim
        claim.online = false
        claim.leads = false
        claim.started = description.started.nanoseconds
        return FleetAction.Publication(
            topic: FleetTopic.agent(description.id).name(site: description.site), payload: JSON.encode(claim),
            retain: true, qos: 1)
    }

    /// Returns true while the agent leads and its lease lets it act.
    public func isLeading(at now: MeshInstant) -> Bool { election.mayAct(at: now) }

    /// Takes up an event that happened at `now`.
    ///
    /// - Returns: what is to be done, in this order.
    public mutating func handle(_ event: FleetEvent, at now: MeshInstant) -> [FleetAction] {
        noticeAbsence(at: now)
        lastHandled = now
        switch event {
        case .connected: connected(at: now)
        case .settled: settled(at: now)
        case .disconnected: disconnected(at: now)
        case .message(let topic, let payload, let retained): take(topic, payload, at: now, retained: retained)
        case .remembered(let topic, let payload): remember(topic, payload, at: now)
        case .civilClock(let timeZone, let clock):
            clocks[timeZone] = clock
            scheduleDue = now
            reconsider(at: now)
        case .uplink(let state): uplink = state
        case .looked(let nodes, let found): looked(for: nodes, found: found, at: now)
        case .tick: break
        }
        lead(at: now)
        if !isPlaced, !isSettling { place(at: now) }
        check(at: now)
        if isActing(at: now) {
            sendDeferred()
            if let due = evaluateDue, due <= now { evaluate(at: now) }
            publishRecords(at: now)
            tellHomeAssistant()
        }
        defer { actions.removeAll(keepingCapacity: true) }
        return actions
    }

    /// The next instant after `now` at which the agent is to have a tick.
    public func nextDue(after now: MeshInstant) -> MeshInstant? {
        var due = [beatDue, election.nextDue(after: now)]
        if election.state == .leader { due.append(queue.first) }
        // Who leads but may not act looks again with its next sign of life.
        if isActing(at: now) { due.append(evaluateDue) }
        return due.compactMap { $0 }.min().map { max($0, now) }
    }

    /// Whether it leads, and its view is such that what it does is well founded.
    func isActing(at now: MeshInstant) -> Bool { election.mayAct(at: now) }

    /// What is the matter with its view of the fleet at present; nil: nothing.
    func problem(at now: MeshInstant) -> String? { view.problem(awaited: election.awaitedSince, at: now) }

    /// Something changed that decisions hang on.
    mutating func reconsider(at now: MeshInstant) { evaluateDue = now }

    // MARK: - Publishing

    mutating func publish(_ topic: String, _ payload: [UInt8], retain: Bool, qos: Int = 1) {
        actions.append(
            .publish(FleetAction.Publication(topic: topic, payload: payload, retain: retain, qos: qos)))
    }

    mutating func log(_ importance: FleetAction.Importance, _ line: String) { actions.append(.log(importance, line)) }

    func name(_ topic: Topic) -> String { topic.name(site: description.site) }
    func name(_ topic: FleetTopic) -> String { topic.name(site: description.site) }

    /// A node's action, for the boot that it runs, too late after `lasts` by its own clock.
    func action(
        _ action: String, id: String, for node: String, bootId: String?, version: String? = nil, lasts: Duration?,
        at now: MeshInstant
    ) -> FleetAction.Publication {
        let expires = lasts.map { now + (nodes[node]?.clockOffset ?? .zero) + $0 }
        let message = ActionMessage(
            action: action, id: id, expires: expires?.nanoseconds, bootId: bootId, version: version)
        return FleetAction.Publication(
            topic: name(.action(node: node)), payload: JSON.encode(message), retain: false, qos: 1)
    }
}
