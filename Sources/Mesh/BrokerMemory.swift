/// A client's knowledge of whether a broker sends what it keeps to who subscribes with a wildcard, and where it
/// doesn't, of what there is, topic by topic. Pure, and the same for nodes and fleet agents.
///
/// A client that has published a retained message of its own finds it out: what the broker kept of it comes by a wildcard,
/// or doesn't. If need be it subscribes once more, by a filter of which that topic is the only match. Until it is known,
/// what hasn't come may yet be there: ``Action/settled`` says when all has come that will.
public struct BrokerMemory: Sendable {
    /// Something that happened to the connection.
    public enum Event: Sendable {
        /// The broker of this name took it.
        case connected(to: String)
        /// The broker has answered for all filters.
        case subscribed
        /// The broker refused a filter.
        case refused(filter: String)
        /// A message came; `retained`: the broker had kept it.
        case message(topic: String, payload: [UInt8], retained: Bool)
        /// The connection ended.
        case disconnected
        /// The instant ``BrokerMemory/due`` has come.
        case tick
    }

    /// Something to do.
    public enum Action: Sendable, Hashable {
        /// Subscribe to this filter.
        case ask(String)
        /// Unsubscribe from it.
        case askNoMore(String)
        /// Subscribe to these topics, as far as they are, or fall under what is, subscribed to: what is kept comes (again).
        case subscribe([String])
        /// Unsubscribe from these topics, as far as something with a wildcard covers them.
        case unsubscribe([String])
        /// Say that the broker lacks it.
        case tellLack
        /// Take note that what the broker keeps has come, as far as it can be had. Once for each connection.
        case settled
    }

    /// The state of knowledge about a broker: whether it sends what it keeps by a wildcard.
    public enum Verdict: Sendable, Hashable {
        case unknown
        case keeps
        case lacks
    }

    private enum State: Hashable {
        case away
        case subscribing
        case listening(until: Int64)
        case asked
        case awaiting(until: Int64)
        case searching(until: Int64)
        case settled
    }

    /// How long what was kept may take once the broker has confirmed the filter: 2 s.
    static let patience: Int64 = 2_000_000_000

    /// The verdict on the broker of this connection, or of the last one.
    public private(set) var verdict = Verdict.unknown
    private let site: String
    private let own: String
    private let question: String
    private let isOwnNamed: Bool
    private var state = State.away
    private var broker: String?
    /// Whether our own message has come, as it was published.
    private var hasHeard = false
    private var index: SiteIndex?
    private var asked: [String] = []

    /// - Parameters:
    ///   - own: the topic of the client's own retained message.
    ///   - question: a filter with a wildcard, of which that is the only match that is retained.
    ///   - isOwnNamed: whether the client subscribes to `own` by its name too, so that it comes in any case.
    public init(site: String, own: String, question: String, isOwnNamed: Bool = false) {
        self.site = site
        self.own = own
        self.question = question
        self.isOwnNamed = isOwnNamed
    }

    /// A node's, which goes by its status.
    public init(site: String, node: String) {
        self.init(
            site: site, own: Topic.status(node: node).name(site: site), question: "footlight/\(site)/+/\(node)/status")
    }

    /// The instant to say ``Event/tick``, in monotonic nanoseconds; not before all that has come by then is taken up.
    public var due: Int64 {
        switch state {
        case .listening(let until), .awaiting(let until), .searching(let until): until
        case .away, .subscribing, .asked, .settled: .max
        }
    }

    /// Takes up an event of a monotonic instant in nanoseconds.
    ///
    /// - Returns: what is to be done, in this order.
    public mutating func handle(_ event: Event, at now: Int64) -> [Action] {
        switch event {
        case .connected(let broker): return connected(to: broker)
        case .subscribed: return subscribed(at: now)
        case .refused(let filter):
            guard filter == question, state == .asked else { return [] }
            return settle()
        case .message(own, _, let retained): return heardOwn(retained: retained)
        case .message(let topic, let payload, _):
            return index == nil ? [] : search(from: topic, payload)
        case .disconnected:
            state = .away
            return []
        case .tick: return now >= due ? tick(at: now) : []
        }
    }

    private mutating func connected(to broker: String) -> [Action] {
        state = .subscribing
        hasHeard = false
        if verdict == .lacks, broker == self.broker { return [] }
        self.broker = broker
        verdict = .unknown
        return forget()
    }

    private mutating func subscribed(at now: Int64) -> [Action] {
        let end = now + BrokerMemory.patience
        switch (state, verdict) {
        case (.subscribing, .keeps): return settle()
        case (.subscribing, .lacks), (.searching, _): state = .searching(until: end)
        case (.subscribing, .unknown):
            if hasHeard { return ask() }
            // What is subscribed to by its name surely comes, be it late.
            state = .listening(until: isOwnNamed ? .max : end)
        case (.asked, _): state = .awaiting(until: end)
        default: break
        }
        return []
    }

    private mutating func heardOwn(retained: Bool) -> [Action] {
        // By its name it comes once, before what is published after that; what comes later is an answer.
        if retained, hasHeard || !isOwnNamed {
            let isAsking =
                switch state {
                case .asked, .awaiting: true
                default: false
                }
            verdict = .keeps
            let actions = (isAsking ? [.askNoMore(question)] : []) + forget()
            return state == .subscribing || state == .settled ? actions : actions + settle()
        }
        hasHeard = hasHeard || !retained
        if hasHeard, case .listening = state { return ask() }
        return []
    }

    private mutating func tick(at now: Int64) -> [Action] {
        switch state {
        case .listening: return ask()
        case .awaiting:
            verdict = .lacks
            state = .searching(until: now + BrokerMemory.patience)
            var index = SiteIndex(site: site)
            let first = index.begin()
            self.index = index
            asked = first
            return [.askNoMore(question), .tellLack, .subscribe(first)]
        case .searching: return settle()
        case .away, .subscribing, .asked, .settled: return []
        }
    }

    private mutating func search(from topic: String, _ payload: [UInt8]) -> [Action] {
        // By our own, got by a wildcard, we know what the broker can do.
        let more = index?.take(topic: topic, payload: payload).filter { $0 != own } ?? []
        guard !more.isEmpty else { return [] }
        asked += more
        return [.subscribe(more)]
    }

    private mutating func ask() -> [Action] {
        state = .asked
        return [.ask(question)]
    }

    private mutating func settle() -> [Action] {
        state = .settled
        return [.settled]
    }

    /// What was asked for by name comes by wildcards again.
    private mutating func forget() -> [Action] {
        defer { asked = [] }
        index = nil
        return asked.isEmpty ? [] : [.unsubscribe(asked)]
    }
}
