internal import Mesh

/// A client's half of a connection as MQTTConnection keeps it: subscriptions, kept state, what waits, what is in flight.
struct SimulatedClient: Sendable {
    private struct Entry: Sendable {
        var number: Int
        var message: Packet.Message
    }

    /// How many filters a SUBSCRIBE has at most.
    private static let filtersPerPacket = 8

    /// The channel of the present attempt or connection.
    var channel: Int?
    var isOnline = false
    /// Attempts since the process began.
    var attempts = 0
    /// Losses and failures since the last connection that lasted.
    var failures = 0
    var unanswered = 0
    var isSettling = false
    private var filters: [String] = []
    private var kept: [String: Entry] = [:]
    private var waiting: [Entry] = []
    private var inFlight: [Int: Entry] = [:]
    private var lastNumber = 0

    /// What to send when the broker has said yes: all subscriptions, kept state, what waited.
    mutating func accepted() -> [Packet] {
        isOnline = true
        isSettling = true
        let first = kept.values.sorted { $0.number < $1.number } + waiting
        waiting = []
        return request(filters) + first.map { send($0) }
    }

    /// The connection is gone: what was in flight waits again, in its old place.
    mutating func lost() {
        isOnline = false
        channel = nil
        unanswered = 0
        isSettling = false
        let all = inFlight.values.sorted { $0.number < $1.number } + waiting
        inFlight = [:]
        waiting = []
        for entry in all {
            if entry.message.retain {
                if let keptNumber = kept[entry.message.topic]?.number, keptNumber >= entry.number { continue }
                waiting.removeAll { $0.message.retain && $0.message.topic == entry.message.topic }
            }
            waiting.append(entry)
        }
    }

    /// Publishes.
    mutating func publish(_ publication: NodeAction.Publication) -> [Packet] {
        lastNumber += 1
        let message = Packet.Message(
            topic: publication.topic, payload: publication.payload, retain: publication.retain, qos: publication.qos)
        let entry = Entry(number: lastNumber, message: message)
        if publication.keep { kept[message.topic] = entry }
        guard !isOnline else { return [send(entry)] }
        if message.retain { waiting.removeAll { $0.message.retain && $0.message.topic == message.topic } }
        if !publication.keep, message.qos == 1 || message.retain { waiting.append(entry) }
        return []
    }

    /// Publishes what is worth nothing later: QoS 0, and not at all without a connection.
    func publishAtOnce(topic: String, payload: [UInt8]) -> [Packet] {
        guard isOnline else { return [] }
        return [.publish(Packet.Message(topic: topic, payload: payload, retain: false, qos: 0), number: 0)]
    }

    private mutating func send(_ entry: Entry) -> Packet {
        if entry.message.qos == 1 { inFlight[entry.number] = entry }
        return .publish(entry.message, number: entry.number)
    }

    /// The broker has the message of this number.
    mutating func acknowledged(_ number: Int) { inFlight[number] = nil }

    /// Subscribes.
    mutating func subscribe(_ wanted: [String]) -> [Packet] {
        filters.removeAll { wanted.contains($0) }
        filters += wanted
        return isOnline ? request(wanted) : []
    }

    /// Ends subscriptions.
    mutating func unsubscribe(_ unwanted: [String]) -> [Packet] {
        filters.removeAll { unwanted.contains($0) }
        return isOnline ? [.unsubscribe(unwanted)] : []
    }

    private mutating func request(_ wanted: [String]) -> [Packet] {
        stride(from: 0, to: wanted.count, by: SimulatedClient.filtersPerPacket).map { start in
            unanswered += 1
            return .subscribe(Array(wanted[start..<min(start + SimulatedClient.filtersPerPacket, wanted.count)]))
        }
    }
}
