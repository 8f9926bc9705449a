internal import Mesh

/// A node's part in being found by Home Assistant: its own device, those of the zones that it keeps, and what is to be
/// taken away. Pure: events and monotonic nanoseconds in, what is to be done out.
///
/// What is to be there is compared with what the broker keeps, so that nothing is published twice, and entities that went
/// while nobody was there are taken away. Of one device's messages two are ``gap`` apart: Home Assistant may drop part of
/// one that comes while it sets up the one before.
public struct DiscoveryCore: Sendable {
    /// Something that happened.
    public enum Event: Sendable {
        /// There is a connection, and what is subscribed to comes anew.
        case connected
        /// The connection ended.
        case disconnected
        /// A message came; `retained`: the broker had kept it.
        case message(topic: String, payload: [UInt8], retained: Bool)
        /// The node's knowledge of the site, which may be another; nil: the site isn't to be found.
        case known(DiscoveryKnowledge?)
        /// The instant ``DiscoveryCore/due`` has come.
        case tick
    }

    /// Something to do.
    public enum Action: Sendable, Hashable {
        case subscribe(String)
        case unsubscribe(String)
        /// Publish a message that is retained; without bytes it takes what there was away.
        case publish(topic: String, payload: [UInt8])
    }

    /// How long what the broker keeps may take to come: 2 s.
    static let patience: Int64 = 2_000_000_000
    /// How many messages are made at a time: what else the node has to do comes in between.
    static let mostAtOnce = 4
    /// How far apart two messages of one device are: 5 s.
    static let gap: Int64 = 5_000_000_000
    /// How long each former member of a zone that is gone waits for the one before it to take it away: 300 ms.
    static let turn: Int64 = 300_000_000
    /// How long after a connect the site's first node looks for what nobody else takes away: 15 s.
    static let sweepDelay: Int64 = 15_000_000_000
    /// Within which time after Home Assistant's birth all is said again, each node at an instant of its own: 1 to 3 s.
    static let birthDelay: Int64 = 1_000_000_000, birthSpread: Int64 = 2_000_000_000

    let site: String
    let node: String
    var isOnline = false
    var connectedAt: Int64 = 0
    var topics: DiscoveryTopic?
    var knowledge: DiscoveryKnowledge?
    /// What it writes, or is to take away, by topic.
    var entries: [String: DiscoveryEntry] = [:]
    /// The zones that the node has a part in, with its place among their nodes.
    private var zones: [String: DiscoveryKnowledge.Zone] = [:]
    var sweep: DiscoverySweep?
    var actions: [Action] = []

    /// A node of which Home Assistant isn't told anything yet.
    public init(site: String, node: String) {
        self.site = site
        self.node = node
    }

    /// The instant at which it wants a tick; `.max`: none.
    public var due: Int64 {
        guard isOnline else { return .max }
        return min(entries.values.reduce(.max) { min($0, $1.due) }, sweep?.due ?? .max)
    }

    /// Takes up an event of the monotonic instant `now`.
    ///
    /// - Returns: what is to be done, in this order.
    public mutating func handle(_ event: Event, at now: Int64) -> [Action] {
        switch event {
        case .connected: connected(at: now)
        case .disconnected: isOnline = false
        case .message(let topic, let payload, let retained): take(topic, payload, retained: retained, at: now)
        case .known(let knowledge): take(knowledge, at: now)
        case .tick: tick(at: now)
        }
        defer { actions = [] }
        return actions
    }

    private mutating func connected(at now: Int64) {
        isOnline = true
        connectedAt = now
        for topic in entries.keys { entries[topic]?.await(until: now + DiscoveryCore.patience) }
        sweep?.end(&actions)
        sweep = nil
        planSweep(at: now)
    }

    private mutating func take(_ topic: String, _ payload: [UInt8], retained: Bool, at now: Int64) {
        // Also where the site isn't to be found any more: what was is being taken away.
        entries[topic]?.hear(payload, retained: retained, at: now)
        guard let topics else { return }
        if topic == topics.status {
            // What the broker kept of it is of an earlier start.
            guard !retained, payload == Array("online".utf8) else { return }
            let offset = Int64(
                node.utf8.reduce(UInt64(5381)) { ($0 &* 33) ^ UInt64($1) } % UInt64(DiscoveryCore.birthSpread))
            for topic in entries.keys { entries[topic]?.sayAgain(from: now + DiscoveryCore.birthDelay + offset) }
            return
        }
        if retained, let subject = topics.subject(of: topic) { sweep?.hear(subject, topic, isThere: !payload.isEmpty) }
        if payload.isEmpty { sweep?.forget(topic) }
    }

    private mutating func tick(at now: Int64) {
        let due = entries.filter { $0.value.due <= now }.keys.sorted().prefix(DiscoveryCore.mostAtOnce)
        for topic in due {
            guard let said = entries[topic]?.say(by: topics, at: now) else { continue }
            if let payload = said.payload { actions.append(.publish(topic: topic, payload: payload)) }
            if said.isOver { drop(topic) }
        }
        guard let due = sweep?.due, due <= now else { return }
        sweepOn(at: now)
    }

    // MARK: - What is to be there

    private mutating func take(_ known: DiscoveryKnowledge?, at now: Int64) {
        let topics = known.map { DiscoveryTopic(site: site, $0.settings) }
        if topics != self.topics { change(to: topics, at: now) }
        let hasLost = known.map { knowledge?.listed.isSubset(of: $0.listed) == false } ?? false
        knowledge = known
        guard let known, let topics else {
            zones = [:]
            return
        }
        want(known.node, topics.name(of: .node(node)), at: now)
        for (name, zone) in known.zones.sorted(by: { $0.key < $1.key }) {
            let topic = topics.name(of: .zone(name))
            // It may have gone and be back, of which only its configuration tells.
            if zones[name]?.revision != zone.revision { entries[topic]?.renew() }
            zones[name] = zone
            if let source = zone.source {
                want(source, topic, at: now)
            } else if entries[topic] != nil {
                // Another keeps it now, and writes the same.
                drop(topic)
            }
        }
        for (name, zone) in zones.sorted(by: { $0.key < $1.key }) where known.zones[name] == nil {
            zones[name] = nil
            // One that has no part for this node any more is another's to write.
            guard !known.listed.contains(name) else {
                drop(topics.name(of: .zone(name)))
                continue
            }
            for subject in DiscoveryTopic.subjects(ofZone: name) {
                remove(topics.name(of: subject), turn: zone.rank, at: now)
            }
        }
        if hasLost {
            sweep?.end(&actions)
            sweep = nil
        }
        planSweep(at: now)
    }

    /// The site isn't to be found any more, or by another prefix.
    private mutating func change(to topics: DiscoveryTopic?, at now: Int64) {
        if let old = self.topics {
            // What it would write, and what it may have written before this start.
            var turns: [String: Int] = [:]
            for (name, zone) in zones {
                for subject in DiscoveryTopic.subjects(ofZone: name) { turns[old.name(of: subject)] = zone.rank }
            }
            for topic in entries.keys { turns[topic] = 0 }
            turns[old.name(of: .node(node))] = 0
            for (topic, turn) in turns.sorted(by: { $0.key < $1.key }) { remove(topic, turn: turn, at: now) }
            actions.append(.unsubscribe(old.status))
        }
        sweep?.end(&actions)
        sweep = nil
        self.topics = topics
        if let topics { actions.append(.subscribe(topics.status)) }
    }

    private mutating func want(_ source: DiscoverySource?, _ topic: String, at now: Int64) {
        guard let source else { return }
        watch(topic, at: now)
        entries[topic]?.want(source)
    }

    private mutating func remove(_ topic: String, turn: Int, at now: Int64) {
        watch(topic, at: now)
        entries[topic]?.remove(after: now + DiscoveryCore.turn * Int64(turn))
    }

    private mutating func watch(_ topic: String, at now: Int64) {
        guard entries[topic] == nil else { return }
        entries[topic] = DiscoveryEntry(awaits: now + DiscoveryCore.patience)
        actions.append(.subscribe(topic))
    }

    private mutating func drop(_ topic: String) {
        guard entries.removeValue(forKey: topic) != nil else { return }
        actions.append(.unsubscribe(topic))
    }
}
