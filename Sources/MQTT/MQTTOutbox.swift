/// Messages on their way out: kept state, those waiting, those in flight. Pure bookkeeping.
///
/// Order is the order of publishing, save that after a reconnect kept state goes first. While there is no connection
/// only the latest retained message of a topic waits, QoS 0 doesn't wait at all, and the rest waits within limits.
package struct MQTTOutbox: Sendable {
    package struct Entry: Hashable {
        package let id: MQTTMessageID
        package let message: MQTTMessage
        package let isKept: Bool
        /// Belongs to one connection alone: not sent again after it.
        var isBirth = false
    }

    package struct Drop: Hashable {
        package let id: MQTTMessageID
        package let topic: String
        package let reason: DropReason
    }

    private let limit: Int
    private let byteLimit: Int
    package private(set) var kept: [String: Entry] = [:]
    private var waiting: [Entry] = []
    private var head = 0
    private var waitingBytes = 0
    private var inFlight: [Int32: Entry] = [:]
    private var lastID: UInt64 = 0
    private var isOnline = false

    package init(limit: Int, byteLimit: Int) {
        self.limit = limit
        self.byteLimit = byteLimit
    }

    /// Messages waiting to be handed to the library.
    package var waitingCount: Int { waiting.count - head }
    /// Messages sent and not yet acknowledged.
    package var inFlightCount: Int { inFlight.count }
    /// Nothing waits, nothing is in flight.
    package var isEmpty: Bool { waitingCount == 0 && inFlight.isEmpty }

    /// Takes a message in. `keep`: it is published again after every reconnect, until an empty one replaces it.
    package mutating func add(_ message: MQTTMessage, keep: Bool) -> (id: MQTTMessageID, drops: [Drop]) {
        lastID += 1
        let id = MQTTMessageID(number: lastID)
        let isKept = keep && !message.payload.isEmpty
        let entry = Entry(id: id, message: message, isKept: isKept)
        var drops: [Drop] = []
        if keep {
            let previous = kept.removeValue(forKey: message.topic)
            if !isOnline, let previous { drops.append(previous.drop(.superseded)) }
        }
        if isKept { kept[message.topic] = entry }
        if !isOnline {
            if message.retain { drops += removeWaiting { $0.message.retain && $0.message.topic == message.topic } }
            if isKept { return (id, drops) }
            if message.qos == .atMostOnce, !message.retain { return (id, drops + [entry.drop(.offline)]) }
        }
        append(entry)
        return (id, drops + trim())
    }

    /// The next message to hand to the library, if there is one and the window of QoS 1 messages isn't full.
    package mutating func next(window: Int) -> Entry? {
        guard isOnline, head < waiting.count else { return nil }
        let entry = waiting[head]
        if entry.message.qos == .atLeastOnce, inFlight.count >= window { return nil }
        head += 1
        waitingBytes -= entry.message.payload.count
        if head == waiting.count {
            waiting.removeAll(keepingCapacity: waiting.capacity <= 64)
            head = 0
        } else if head >= 256, head * 2 > waiting.count {
            waiting.removeFirst(head)
            head = 0
        }
        return entry
    }

    /// The library has taken a QoS 1 message, under its packet identifier.
    package mutating func sent(_ entry: Entry, as packet: Int32) {
        inFlight[packet] = entry
    }

    /// The broker has answered for a packet.
    package mutating func acknowledged(_ packet: Int32) -> Entry? {
        inFlight.removeValue(forKey: packet)
    }

    /// The connection is up: the birth goes first, then kept state in the order it was published, then what waited.
    package mutating func connected(birth: MQTTMessage?) {
        isOnline = true
        let queued = Array(waiting[head...])
        var first: [Entry] = []
        if let birth {
            lastID += 1
            first = [Entry(id: MQTTMessageID(number: lastID), message: birth, isKept: false, isBirth: true)]
        }
        waiting = first + kept.values.sorted { $0.id < $1.id } + queued
        head = 0
        waitingBytes = waiting.reduce(0) { $0 + $1.message.payload.count }
    }

    /// The connection is gone: what was in flight waits again, in its old place. `current`: a message that the
    /// library could not take.
    package mutating func lost(current: Entry? = nil) -> [Drop] {
        isOnline = false
        let again = (inFlight.values + (current.map { [$0] } ?? [])).sorted { $0.id < $1.id }
        inFlight.removeAll()
        let all = (again + waiting[head...]).filter { !$0.isBirth }
        waiting.removeAll()
        head = 0
        waitingBytes = 0
        var drops: [Drop] = []
        var latestRetained: [String: MQTTMessageID] = [:]
        for entry in all where entry.message.retain {
            latestRetained[entry.message.topic] = max(latestRetained[entry.message.topic] ?? entry.id, entry.id)
        }
        for entry in all {
            let topic = entry.message.topic
            if let keptID = kept[topic]?.id, entry.message.retain, keptID >= entry.id {
                // The kept one is published again at the next connect, and tells of its delivery then.
                if keptID > entry.id { drops.append(entry.drop(.superseded)) }
            } else if entry.message.retain, let latest = latestRetained[topic], latest > entry.id {
                drops.append(entry.drop(.superseded))
            } else if entry.message.qos == .atMostOnce, !entry.message.retain {
                drops.append(entry.drop(.offline))
            } else {
                append(entry)
            }
        }
        return drops + trim()
    }

    /// Everything that will never be delivered now.
    package mutating func close() -> [Drop] {
        let entries = Set(inFlight.values).union(waiting[head...]).union(isOnline ? [] : Set(kept.values))
        self = MQTTOutbox(limit: limit, byteLimit: byteLimit)
        return entries.sorted { $0.id < $1.id }.map { $0.drop(.closed) }
    }

    private mutating func append(_ entry: Entry) {
        waiting.append(entry)
        waitingBytes += entry.message.payload.count
    }

    private mutating func trim() -> [Drop] {
        var drops: [Drop] = []
        while waitingCount > limit || waitingBytes > byteLimit {
            let disposable =
                waiting[head...].firstIndex { !$0.isKept }
                ?? waiting[head...].firstIndex { kept[$0.message.topic]?.id != $0.id }
            guard let disposable else { break }
            let entry = waiting.remove(at: disposable)
            waitingBytes -= entry.message.payload.count
            drops.append(entry.drop(entry.isKept ? .superseded : .backlogFull))
        }
        return drops
    }

    private mutating func removeWaiting(where matches: (Entry) -> Bool) -> [Drop] {
        guard head < waiting.count, waiting[head...].contains(where: matches) else { return [] }
        let gone = waiting[head...].filter(matches)
        waiting = waiting[head...].filter { !matches($0) }
        head = 0
        waitingBytes = waiting.reduce(0) { $0 + $1.message.payload.count }
        return gone.map { $0.drop(.superseded) }
    }
}

extension MQTTOutbox.Entry {
    fileprivate func drop(_ reason: DropReason) -> MQTTOutbox.Drop {
        MQTTOutbox.Drop(id: id, topic: message.topic, reason: reason)
    }
}
