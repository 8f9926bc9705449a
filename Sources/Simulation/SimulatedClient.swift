internal import MQTT

/// A client's half of a connection: `MQTTConnection`'s own bookkeeping, by packets in place of a library.
struct SimulatedClient: Sendable {
    private static let configuration = MQTTConfiguration(addresses: [], clientID: "")

    /// The channel of the present attempt or connection.
    var channel: Int?
    private(set) var isOnline = false
    /// Attempts since the process began.
    var attempts = 0
    /// Whether what the broker keeps hasn't all come yet.
    var isSettling = false
    private var subscriptions = SubscriptionList()
    private var outbox = MQTTOutbox(limit: configuration.backlogLimit, byteLimit: configuration.backlogByteLimit)
    private var lastPacket: Int32 = 0

    /// What to send when the broker has said yes: all subscriptions, kept state, what waited.
    mutating func accepted() -> [Packet] {
        isOnline = true
        isSettling = true
        subscriptions.connected()
        outbox.connected(birth: nil)
        return request() + pump()
    }

    /// The connection is gone: what was in flight waits again, in its old place.
    mutating func lost() {
        isOnline = false
        channel = nil
        isSettling = false
        subscriptions.lost()
        _ = outbox.lost()
    }

    /// Publishes.
    mutating func publish(_ message: MQTTMessage, keep: Bool) -> [Packet] {
        _ = outbox.add(message, keep: keep)
        return pump()
    }

    /// The broker has the message of this number.
    mutating func acknowledged(_ number: Int32) -> [Packet] {
        _ = outbox.acknowledged(number)
        return pump()
    }

    /// Subscribes.
    mutating func subscribe(_ wanted: [MQTTSubscription]) -> [Packet] {
        subscriptions.add(wanted)
        return isOnline ? request(wanted) : []
    }

    /// The broker has taken the filters of this number.
    ///
    /// - Returns: whether it has answered for all now.
    mutating func subscribed(_ number: Int32) -> Bool {
        subscriptions.answered(number, grants: Array(repeating: 1, count: PortableProfile.filtersPerPacket)) != nil
            && subscriptions.isAnswered
    }

    /// Ends subscriptions.
    mutating func unsubscribe(_ filters: [String]) -> [Packet] {
        let packets = subscriptions.remove(filters)
        return isOnline ? packets.map { .unsubscribe($0) } : []
    }

    /// Those of some topics that are subscribed to, and those that something with a wildcard covers.
    func covered(_ topics: [String]) -> [String] { subscriptions.covered(topics) }
    func underWildcards(_ topics: [String]) -> [String] { subscriptions.underWildcards(topics) }

    private mutating func request(_ some: [MQTTSubscription]? = nil) -> [Packet] {
        subscriptions.requests(for: some).map { request in
            lastPacket += 1
            subscriptions.sent(request, as: lastPacket)
            return .subscribe(request.filters, number: lastPacket)
        }
    }

    private mutating func pump() -> [Packet] {
        guard isOnline else { return [] }
        var packets: [Packet] = []
        while let entry = outbox.next(window: SimulatedClient.configuration.inFlightLimit) {
            lastPacket += 1
            packets.append(.publish(entry.message, number: lastPacket))
            if entry.message.qos == .atLeastOnce { outbox.sent(entry, as: lastPacket) }
        }
        return packets
    }
}
