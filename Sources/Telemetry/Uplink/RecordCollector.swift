internal import Fleet
public import Lighting
internal import Mesh

/// The leading fleet agent's part in a site's records: it says that it collects, has what nodes hand over stored, tells them
/// when that is done, and writes records of its own. Pure; beside the fleet agent's core, whose messages it reads.
public struct RecordCollector: Sendable {
    /// Something that happened.
    public enum Event: Sendable {
        /// A change of leadership: the agent leads and may act on it, or no longer.
        case leads(Bool)
        /// A message came.
        case heard(topic: String, payload: [UInt8])
        /// The agent published this.
        case said(topic: String, payload: [UInt8])
        /// The agent's log has these lines, and so many more that were left out.
        case logged([LogLine], andMore: Int)
        /// Records of a node (or the agent itself) are durable, up to this one.
        case stored(node: String, boot: String, sequence: Int64)
        /// The instant ``due`` has come.
        case tick
    }

    /// Something to do.
    public enum Action: Sendable, Hashable {
        /// Subscribe to this filter.
        case subscribe(String)
        /// Unsubscribe from it.
        case unsubscribe(String)
        /// Publish a message, QoS 1.
        case publish(topic: String, payload: [UInt8], retain: Bool)
        /// Store what a node handed over, and tell: ``Event/stored(node:boot:sequence:)``.
        case store(node: String, payload: [UInt8])
    }

    private let site: String
    private let agent: String
    private let boot: String
    private var isLeading = false
    private var handover: RecordHandover
    private var budget = LineBudget()
    /// How nodes and activities were when they were last told of, by whoever led.
    private var statuses: [String: HealthStatus] = [:]
    private var activities: [String: [String: Activity]] = [:]

    /// - Parameter seed: what its pauses are made of.
    public init(site: String, agent: String, boot: String, seed: UInt64) {
        self.site = site
        self.agent = agent
        self.boot = boot
        handover = RecordHandover(RecordQueue(site: site, node: agent, boot: boot), seed: seed)
        handover.open(within: .zero, at: 0)
    }

    /// The instant at which it wants a tick; nil: none.
    public var due: MeshInstant? {
        handover.due == .max ? nil : MeshInstant(nanoseconds: handover.due)
    }

    /// Returns whether a message of this topic is a node's records: each counts, however many there are.
    public func isOfRecords(_ topic: String) -> Bool { node(ofRecords: topic) != nil }

    private func node(ofRecords topic: String) -> String? {
        guard case .records(let node)? = Topic(name: topic, site: site) else { return nil }
        return node
    }

    /// Takes up an event that happened at `now`.
    public mutating func handle(_ event: Event, at now: MeshInstant) -> [Action] {
        switch event {
        case .leads(let leads): return lead(leads, at: now)
        case .heard(let topic, let payload):
            if let node = node(ofRecords: topic) { return isLeading ? [.store(node: node, payload: payload)] : [] }
            note(topic, payload, at: now, isOwn: false)
        case .said(let topic, let payload): note(topic, payload, at: now, isOwn: true)
        case .logged(let lines, let more):
            for line in budget.admit(lines, andMore: more, at: now.nanoseconds) {
                handover.record(.log(line), of: now, at: now.nanoseconds)
            }
        case .stored(agent, let boot, let sequence) where boot == self.boot:
            _ = handover.acknowledge(boot: boot, through: sequence, at: now.nanoseconds)
        case .stored(let node, let boot, let sequence):
            let message = RecordedMessage(bootId: boot, sequence: sequence)
            return [
                .publish(
                    topic: Topic.recorded(node: node).name(site: site), payload: JSON.encode(message), retain: false)
            ]
        case .tick: break
        }
        guard let payload = handover.message(at: now.nanoseconds) else { return [] }
        return [.store(node: agent, payload: payload)]
    }

    private mutating func lead(_ leads: Bool, at now: MeshInstant) -> [Action] {
        guard leads != isLeading else { return [] }
        isLeading = leads
        let filter = Topic.records(node: "+").name(site: site)
        guard leads else { return [.unsubscribe(filter)] }
        let message = CollectorMessage(agent: agent, bootId: boot, since: now.nanoseconds)
        return [
            .subscribe(filter),
            .publish(topic: Topic.collector.name(site: site), payload: JSON.encode(message), retain: true),
        ]
    }

    /// The message of a leader that collects nothing: whoever collected before doesn't any more.
    public static func farewell(site: String) -> Action {
        .publish(topic: Topic.collector.name(site: site), payload: [], retain: true)
    }

    /// Takes note of how a node or a group is; what is new of it, and this agent's own word, is worth a record.
    private mutating func note(_ topic: String, _ payload: [UInt8], at now: MeshInstant, isOwn: Bool) {
        guard let topic = FleetTopic(name: topic, site: site), let message = try? FleetMessage(topic, payload) else {
            return
        }
        switch message {
        case .node(let node, let message):
            guard let message else {
                statuses[node] = nil
                return
            }
            guard statuses[node] != nil || statuses.count < Presence.maximumNodes else { return }
            let known = statuses.updateValue(message.healthStatus, forKey: node)
            guard isOwn, known != message.healthStatus, known != nil || message.healthStatus != .unobservable else {
                return
            }
            let body = HealthTransition(node: node, status: message.healthStatus, cause: message.cause)
            handover.record(.health(body), of: now, at: now.nanoseconds)
        case .group(let zone, let message?):
            let known = activities[zone] ?? [:]
            let present = Dictionary(message.activities.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            activities[zone] = present
            guard isOwn else { return }
            for activity in message.activities where known[activity.id] != activity {
                handover.record(.activity(GroupActivity(zone: zone, activity: activity)), of: now, at: now.nanoseconds)
            }
        default: break
        }
    }
}
