/// A look at all that the broker keeps of a site's devices, for those that describe what is no more and that nobody is left
/// to take away. It is the site's first node that looks, once for each connection and whenever zones have gone.
struct DiscoverySweep: Sendable {
    /// How long what the broker keeps may take to come: 3 s.
    private static let patience: Int64 = 3_000_000_000

    private enum State: Sendable {
        case planned(at: Int64)
        case listening(until: Int64)
        case done
    }

    private let filter: String
    private var state: State
    private var found: [String: DiscoveryTopic.Subject] = [:]

    init(_ filter: String, at instant: Int64) {
        self.filter = filter
        state = .planned(at: instant)
    }

    var due: Int64 {
        switch state {
        case .planned(let instant), .listening(let instant): instant
        case .done: .max
        }
    }

    /// Something is kept on a topic, or no more.
    mutating func hear(_ subject: DiscoveryTopic.Subject, _ topic: String, isThere: Bool) {
        guard case .listening = state else { return }
        found[topic] = isThere ? subject : nil
    }

    mutating func forget(_ topic: String) { found[topic] = nil }

    /// The next step, which is due.
    ///
    /// - Returns: what is kept, by topic, once all has come.
    mutating func step(at now: Int64, _ actions: inout [DiscoveryCore.Action]) -> [String: DiscoveryTopic.Subject]? {
        switch state {
        case .planned:
            state = .listening(until: now + DiscoverySweep.patience)
            actions.append(.subscribe(filter))
            return nil
        case .listening:
            end(&actions)
            return found
        case .done: return nil
        }
    }

    /// Looks no longer.
    mutating func end(_ actions: inout [DiscoveryCore.Action]) {
        if case .listening = state { actions.append(.unsubscribe(filter)) }
        state = .done
    }
}

extension DiscoveryCore {
    /// Whoever is the site's first looks, once all who are there have said so.
    mutating func planSweep(at now: Int64) {
        guard isOnline, let topics, let knowledge, knowledge.nodes != nil else {
            sweep?.end(&actions)
            sweep = nil
            return
        }
        guard sweep == nil else { return }
        sweep = DiscoverySweep(topics.all, at: max(now, connectedAt) + DiscoveryCore.sweepDelay)
    }

    mutating func sweepOn(at now: Int64) {
        guard let found = sweep?.step(at: now, &actions), let knowledge, let nodes = knowledge.nodes else { return }
        for (topic, subject) in found.sorted(by: { $0.key < $1.key }) where entries[topic] == nil {
            let isThere =
                switch subject {
                case .zone(let name), .group(let name): knowledge.listed.contains(name)
                case .node(let name): nodes.contains(name)
                }
            if !isThere { actions.append(.publish(topic: topic, payload: [])) }
        }
    }
}
