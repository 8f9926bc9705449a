/// What a client is subscribed to, now and after every reconnect, and what of it the broker has answered. Pure bookkeeping.
package struct SubscriptionList: Sendable {
    /// What one SUBSCRIBE packet asks for.
    package struct Request: Sendable, Hashable {
        package let filters: [String]
        package let qos: QoS
    }

    /// In the order in which they were wanted first.
    private var wanted: [MQTTSubscription] = []
    /// Where each filter stands among them: there may be thousands.
    private var places: [String: Int] = [:]
    /// What was asked for and isn't answered, by packet.
    private var unanswered: [Int32: [String]] = [:]
    /// The filters that the broker of this session has refused.
    package private(set) var refusals: Set<String> = []

    /// A list of nothing.
    package init() {}

    /// True if nothing is subscribed to.
    package var isEmpty: Bool { wanted.isEmpty }

    /// True if the broker has answered for all that it was asked.
    package var isAnswered: Bool { unanswered.isEmpty }

    /// The filters of the first request that the broker hasn't answered; nil: it has answered all.
    package var firstUnanswered: [String]? { unanswered.min { $0.key < $1.key }?.value }

    /// Adds subscriptions; one that is there already is asked for again, in its place.
    package mutating func add(_ more: [MQTTSubscription]) {
        for subscription in more {
            refusals.remove(subscription.filter)
            if let place = places[subscription.filter] {
                wanted[place] = subscription
            } else {
                places[subscription.filter] = wanted.count
                wanted.append(subscription)
            }
        }
    }

    /// Takes subscriptions away.
    ///
    /// - Returns: what is to be asked of the broker, a few filters a packet: those of `filters` that were there.
    package mutating func remove(_ filters: [String]) -> [[String]] {
        let known = filters.filter { places[$0] != nil }
        let gone = Set(known)
        wanted.removeAll { gone.contains($0.filter) }
        places = [:]
        for (place, subscription) in wanted.enumerated() { places[subscription.filter] = place }
        return known.sorted().chunks(of: PortableProfile.filtersPerPacket)
    }

    /// Returns the packets that ask for subscriptions, a few filters each; nil: for all that are wanted.
    package func requests(for some: [MQTTSubscription]? = nil) -> [Request] {
        [QoS.atLeastOnce, .atMostOnce].flatMap { qos in
            (some ?? wanted).filter { $0.qos == qos }.map(\.filter).chunks(of: PortableProfile.filtersPerPacket)
                .map { Request(filters: $0, qos: qos) }
        }
    }

    /// A request has gone out as a packet of this number.
    package mutating func sent(_ request: Request, as packet: Int32) { unanswered[packet] = request.filters }

    /// The broker has answered for a packet.
    ///
    /// - Parameter grants: its code for each filter, in order; 0x80 and above: refused.
    /// - Returns: the filters that it refused, with its code for each; nil: it wasn't asked.
    package mutating func answered(_ packet: Int32, grants: [Int32]) -> [(filter: String, code: Int32)]? {
        guard let filters = unanswered.removeValue(forKey: packet) else { return nil }
        let refused = filters.enumerated().compactMap { place, filter in
            place >= grants.count || grants[place] >= 0x80
                ? (filter: filter, code: place < grants.count ? grants[place] : 0x80) : nil
        }
        refusals.formUnion(refused.map(\.filter))
        return refused
    }

    /// Another connection begins: nothing is asked or refused yet.
    package mutating func connected() {
        unanswered = [:]
        refusals = []
    }

    /// The connection is gone: nothing will be answered.
    package mutating func lost() { unanswered = [:] }

    /// Returns those of `filters` that a filter with a wildcard that is subscribed to covers.
    package func underWildcards(_ filters: [String]) -> [String] {
        let wildcards = wanted.map(\.filter).filter { $0.contains("+") || $0.contains("#") }
        return filters.filter { filter in wildcards.contains { TopicFilter.matches($0, filter) } }
    }

    /// Returns those of `filters` that are subscribed to, or covered by what is.
    package func covered(_ filters: [String]) -> [String] {
        let known = Set(wanted.map(\.filter)).union(underWildcards(filters))
        return filters.filter(known.contains)
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
