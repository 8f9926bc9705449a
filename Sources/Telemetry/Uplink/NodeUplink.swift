public import Lighting
public import Mesh

/// A node's records: it makes them of what the node says anyway, numbers and chains them, and hands them over to the fleet
/// agent that collects. Pure; beside the node's core, whose light never waits for it.
///
/// A site without a collector pays nothing: until one has said that it is there, nothing is kept. From then on records are
/// kept while it is away, as the node remembers that there is one.
public struct NodeUplink: Sendable {
    /// Something that happened.
    public enum Event: Sendable {
        /// The broker is there.
        case connected
        /// The broker is gone.
        case disconnected
        /// A message came; others than those of ``filters`` are passed over.
        case message(topic: String, payload: [UInt8])
        /// A message came that was remembered from before this start of the agent.
        case remembered(topic: String, payload: [UInt8])
        /// The node published this.
        case said(topic: String, payload: [UInt8])
        /// The node's log has these lines, and so many more that were left out.
        case logged([LogLine], andMore: Int, at: MeshInstant)
        /// A change of the clock's trust: until it goes by the mesh's reference, no instant is worth keeping.
        case clock(isTrusted: Bool)
        /// Mesh time jumped by this.
        case clockStepped(Duration)
    }

    /// Something to do.
    public enum Action: Sendable, Hashable {
        /// Keep this for the next start; an empty payload forgets it.
        case remember(topic: String, payload: [UInt8])
        /// Write a line to the log.
        case log(String)
    }

    /// How much of what was said is taken up at a time: between two looks at the sensors.
    static let share = 4
    /// How much of that may wait.
    static let waitingLimit = 200
    /// How many records may wait for the clock.
    static let undatedLimit = 200
    /// What a record's instant may be.
    private static let instants = MeshInstant.distantPast...MeshInstant.distantFuture
    /// All nodes hear of another collector at the same time.
    static let spread = Duration.seconds(1)

    private let site: String
    private let node: String
    private var handover: RecordHandover
    private var collector: CollectorMessage?
    private var isConnected = false
    private var isClockTrusted = false
    private var said: [(topic: String, payload: [UInt8], at: Int64)] = []
    /// What can't be dated yet, and when it was by the clock as it is.
    private var undated: [(body: RecordBody, at: MeshInstant)] = []
    private var facts: NodeFacts
    private var budget = LineBudget()
    /// What was lost before it became a record.
    private var overrun = 0
    private var lostBefore = 0

    /// - Parameter seed: what pauses are made of.
    public init(site: String, node: String, bootId: String, started: MeshInstant, seed: UInt64) {
        self.site = site
        self.node = node
        handover = RecordHandover(RecordQueue(site: site, node: node, boot: bootId), seed: seed)
        facts = NodeFacts(site: site, node: node, since: started)
    }

    /// The topics that the node subscribes to for it.
    public var filters: [String] { [Topic.collector, .recorded(node: node)].map { $0.name(site: site) } }

    /// True while anybody collects.
    public var isCollected: Bool { collector != nil }

    /// The next instant at which ``work(at:)`` is to be called, in nanoseconds of the monotonic clock.
    public var due: Int64 {
        guard said.isEmpty, undated.isEmpty || !isClockTrusted else { return .min }
        return handover.due
    }

    /// Takes note of what happened at `now` of the monotonic clock. It does no work: that is ``work(at:)``.
    ///
    /// - Returns: what is to be done.
    public mutating func handle(_ event: Event, at now: Int64) -> [Action] {
        switch event {
        case .connected:
            isConnected = true
            if isCollected { handover.open(within: NodeUplink.spread, at: now) }
        case .disconnected:
            isConnected = false
            handover.close()
        case .message(let topic, let payload):
            guard let line = take(topic, payload, at: now) else { break }
            // A node that starts without a broker keeps its records all the same.
            return [.remember(topic: topic, payload: collector == nil ? [] : payload), .log(line)]
        case .remembered(let topic, let payload): _ = take(topic, payload, at: now)
        case .said(let topic, let payload):
            guard isCollected else { break }
            if said.count >= NodeUplink.waitingLimit {
                said.removeFirst()
                overrun += 1
            }
            said.append((topic, payload, now))
        case .logged(let lines, let more, let instant):
            guard isCollected else { break }
            keep(budget.admit(lines, andMore: more, at: now).map { (.log($0), instant) })
        case .clock(let isTrusted): isClockTrusted = isTrusted
        case .clockStepped(let step):
            // What was said before is of the old time.
            while !said.isEmpty { takeUp() }
            for index in undated.indices { undated[index].at = undated[index].at + step }
            facts.shift(by: step)
        }
        return []
    }

    /// - Returns: what the log is to say, where it is another who collects.
    private mutating func take(_ topic: String, _ payload: [UInt8], at now: Int64) -> String? {
        switch Topic(name: topic, site: site) {
        case .collector?:
            // What can't be read changes nothing.
            guard let message = try? Optional(CollectorMessage(payload: payload)), message != collector else { break }
            collector = message
            guard let message else {
                handover.close()
                (said, undated) = ([], [])
                return "nobody collects records any more"
            }
            if isConnected { handover.open(within: NodeUplink.spread, at: now) }
            return "\(message.agent) collects records"
        case .recorded(node)?:
            guard let message = try? JSON.decode(RecordedMessage.self, from: payload) else { break }
            // It may be of an earlier boot, or of another agent of this name.
            _ = handover.acknowledge(boot: message.bootId, through: message.sequence, at: now)
        default: break
        }
        return nil
    }

    /// Does what is due at `now`, a little at a time.
    ///
    /// - Returns: a message to publish, QoS 1 and not retained; nil: none is due.
    public mutating func work(at now: Int64) -> (topic: String, payload: [UInt8])? {
        for _ in 0..<NodeUplink.share where !said.isEmpty { takeUp() }
        if isClockTrusted, !undated.isEmpty {
            for (body, instant) in undated.prefix(NodeUplink.share) where NodeUplink.instants.contains(instant) {
                handover.record(body, of: instant, at: now)
            }
            undated.removeFirst(min(NodeUplink.share, undated.count))
        }
        guard isConnected, let payload = handover.message(at: now) else { return nil }
        return (Topic.records(node: node).name(site: site), payload)
    }

    private mutating func takeUp() {
        let (topic, payload, now) = said.removeFirst()
        keep(facts.take(topic, payload, at: now))
    }

    private mutating func keep(_ new: [(RecordBody, MeshInstant)]) {
        for (body, instant) in new where (try? body.check()) != nil { undated.append((body, instant)) }
        let excess = undated.count - NodeUplink.undatedLimit
        guard excess > 0 else { return }
        undated.removeFirst(excess)
        overrun += excess
    }

    /// Returns the check `records` of the health report; healthy where nothing was lost since the last report.
    public mutating func checks() -> [HealthMessage.Check] {
        guard isCollected else { return [] }
        let lost = overrun + handover.queue.lost
        defer { lostBefore = lost }
        let detail = "\(lost) records since the start were given up for want of room: no fleet agent took them in time"
        return [
            .init(
                .records, healthy: lost == lostBefore, value: Double(handover.queue.count),
                detail: lost > 0 ? detail : nil)
        ]
    }
}
