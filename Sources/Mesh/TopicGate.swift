/// A gate that keeps one topic's flood from all else: each topic has so many messages a second, and a store of them for
/// bursts. Of what comes beyond that the last two that differ wait for their turn, so that a topic's last word is never
/// lost: where there is no room for it, it passes. What says the same as what passed last doesn't wait: late, it might
/// seem to contradict what was said elsewhere meanwhile.
///
/// By topic and not in sum: a thousand nodes that join at once say one thing each.
public struct TopicGate: Sendable {
    /// A message as it came.
    public struct Message: Sendable, Hashable {
        /// Its topic.
        public var topic: String
        /// Its bytes.
        public var payload: [UInt8]
        /// True if the broker had kept it.
        public var retained: Bool

        /// A message.
        public init(topic: String, payload: [UInt8], retained: Bool = false) {
            self.topic = topic
            self.payload = payload
            self.retained = retained
        }

        /// How many bytes it takes, about.
        fileprivate var size: Int { topic.utf8.count + payload.count }
    }

    /// The worth of a message that comes too soon.
    public enum Kind: Sendable, Hashable {
        /// A message that says how something is: of many, the last count.
        case state
        /// A message that asks for something, as do others on its topic (a script that switches each bar of a zone):
        /// more pass at once.
        case command
        /// A message that is of no use later.
        case passing

        /// The number of messages of a topic that pass at once.
        public var burst: Int { self == .command ? 250 : 50 }

        fileprivate var tolerance: Int64 { TopicGate.interval * Int64(burst - 1) }
    }

    /// The number of messages of a topic that pass in a second, for as long as it takes.
    public static let perSecond = 20

    private static let interval: Int64 = 1_000_000_000 / Int64(perSecond)
    /// A topic counts as flooding for so long after the last message that had to wait, nanoseconds: longer than from one health
    /// report to the next.
    private static let memory: Int64 = 15_000_000_000
    /// So many topics are named, and so many bytes wait, at most.
    private static let maximumFloods = 100
    private static let maximumHeldBytes = 4 << 20
    /// Topics are looked through for those at rest when there are so many.
    private static let fewTopics = 4096

    /// What waits of a topic.
    private struct Waiting {
        var kind: Kind
        var messages: [Message] = []
        /// How many bytes it takes.
        var size: Int { messages.reduce(0) { $0 + $1.size } }
    }

    private struct Flood {
        var since: Int64
        var last: Int64
        var arrived = 0
        var dropped = 0
    }

    /// How much a topic may still say at once.
    private struct Store {
        /// When it will be full again.
        var fullAt: Int64
        /// What passed last, by its hash; nil: it isn't nearly empty.
        var last: Int?

        /// A message passes at `now`.
        mutating func take(_ message: Message, as kind: Kind, at now: Int64) {
            fullAt = max(fullAt, now) + TopicGate.interval
            last = fullAt - now > kind.tolerance ? message.hashValue : nil
        }
    }

    /// Of each topic; those that are full aren't kept.
    ///
    /// - Source: the generic cell rate algorithm, ITU-T I.371.
    private var stores: [String: Store] = [:]
    private var sweepAt = TopicGate.fewTopics
    private var held: [String: Waiting] = [:]
    private var heldBytes = 0
    private var floods: [String: Flood] = [:]
    private var news: [String] = []

    /// The instant to call ``release(at:)`` at, nanoseconds of the monotonic clock; `.max`: nothing waits.
    public private(set) var due = Int64.max

    /// A gate through which nothing has come.
    public init() {}

    /// Takes note of a message that came at `now` of the monotonic clock.
    ///
    /// - Returns: whether it passes; else it waits, or is gone.
    public mutating func admit(_ message: Message, as kind: Kind = .state, at now: Int64) -> Bool {
        var store = stores[message.topic] ?? Store(fullAt: now)
        if store.fullAt - now <= kind.tolerance, held[message.topic] == nil {
            store.take(message, as: kind, at: now)
            stores[message.topic] = store
            if stores.count > sweepAt { sweep(at: now) }
            floods[message.topic]?.arrived += 1
            return true
        }
        note(message.topic, at: now)
        guard kind != .passing else {
            floods[message.topic]?.dropped += 1
            return false
        }
        return !hold(message, as: kind, store: store)
    }

    /// Returns the messages that have waited for long enough.
    public mutating func release(at now: Int64) -> [Message] {
        guard due <= now else { return [] }
        var released: [Message] = []
        due = .max
        for (topic, waiting) in held.sorted(by: { $0.key < $1.key }) {
            var store = stores[topic] ?? Store(fullAt: now)
            if store.fullAt - waiting.kind.tolerance <= now, let message = waiting.messages.first {
                released.append(message)
                heldBytes -= message.size
                store.take(message, as: waiting.kind, at: now)
                stores[topic] = store
                held[topic]?.messages.removeFirst()
            }
            if held[topic]?.messages.isEmpty == true {
                held[topic] = nil
            } else {
                due = min(due, store.fullAt - waiting.kind.tolerance)
            }
        }
        return released
    }

    /// Returns the lines that the log is to say since it was asked last.
    public mutating func takeNews(at now: Int64) -> [String] {
        for (topic, flood) in floods.sorted(by: { $0.key < $1.key }) where now - flood.last > TopicGate.memory {
            floods[topic] = nil
            news.append(
                "\(Excerpt.of(topic, limit: 256)) floods no more; \(flood.dropped) of its messages were left out")
        }
        defer { news = [] }
        return news
    }

    /// Returns a check for a health report while a topic floods; none otherwise.
    public func checks(at now: Int64) -> [HealthMessage.Check] {
        let rates = floods.map { topic, flood in
            (topic: topic, rate: Double(flood.arrived) / max(1, Double(flood.last - flood.since) / 1e9))
        }
        guard let worst = rates.max(by: { ($0.rate, $1.topic) < ($1.rate, $0.topic) }) else { return [] }
        let others = rates.count > 1 ? "; so do \(rates.count - 1) more" : ""
        return [
            .init(
                .flood, healthy: false, value: worst.rate.rounded(),
                detail:
                    "\(Excerpt.of(worst.topic, limit: 256)) has more than \(TopicGate.perSecond) messages/s\(others); "
                    + "of what is more the last are taken; find the sender")
        ]
    }

    private mutating func note(_ topic: String, at now: Int64) {
        if floods[topic] == nil {
            guard floods.count < TopicGate.maximumFloods else { return }
            floods[topic] = Flood(since: now, last: now)
            news.append(
                "\(Excerpt.of(topic, limit: 256)) floods: of more than \(TopicGate.perSecond) messages/s the last are "
                    + "taken; find the sender")
        }
        floods[topic]?.last = now
        floods[topic]?.arrived += 1
    }

    /// - Returns: whether it waits; false: there is no room.
    private mutating func hold(_ message: Message, as kind: Kind, store: Store) -> Bool {
        var waiting = held[message.topic] ?? Waiting(kind: kind)
        let isSaid = waiting.messages.last.map { $0 == message } ?? (store.last == message.hashValue)
        if isSaid {
            floods[message.topic]?.dropped += 1
            return true
        }
        heldBytes -= waiting.size
        // A topic's last word has a place; more than that is for as long as there is room.
        while waiting.messages.count > 1
            || !waiting.messages.isEmpty && heldBytes + waiting.size + message.size > TopicGate.maximumHeldBytes
        {
            waiting.messages.removeFirst()
            floods[message.topic]?.dropped += 1
        }
        guard heldBytes + message.size <= TopicGate.maximumHeldBytes else {
            held[message.topic] = nil
            stores[message.topic]?.last = message.hashValue
            return false
        }
        waiting.messages.append(message)
        heldBytes += waiting.size
        held[message.topic] = waiting
        due = min(due, store.fullAt - kind.tolerance)
        return true
    }

    private mutating func sweep(at now: Int64) {
        stores = stores.filter { $0.value.fullAt > now }
        sweepAt = max(TopicGate.fewTopics, stores.count * 2)
    }
}
