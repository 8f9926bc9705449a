internal import CMosquitto

extension MQTTConnection {
    /// Subscribes, now and after every reconnect. A filter subscribed to before is subscribed to again, so that its
    /// retained messages come again. ``MQTTEvent/subscribed`` follows once the broker has answered for all filters.
    /// - Throws: ``MQTTError`` (`filterInvalid`); then nothing is subscribed to.
    public func subscribe(_ wanted: [MQTTSubscription]) throws(MQTTError) {
        for subscription in wanted { try PortableProfile.check(filter: subscription.filter) }
        for subscription in wanted {
            refusals.remove(subscription.filter)
            if let place = places[subscription.filter] {
                subscriptions[place] = subscription
            } else {
                places[subscription.filter] = subscriptions.count
                subscriptions.append(subscription)
            }
        }
        if session != nil, failure == nil { request(wanted) }
    }

    /// Unsubscribes from filters, now and for good. Messages on their way may still come.
    public func unsubscribe(_ filters: [String]) {
        let known = filters.filter { places[$0] != nil }
        let gone = Set(known)
        subscriptions.removeAll { gone.contains($0.filter) }
        places = [:]
        for (place, subscription) in subscriptions.enumerated() { places[subscription.filter] = place }
        guard session != nil, failure == nil, let handle else { return }
        for chunk in known.sorted().chunks(of: PortableProfile.filtersPerPacket) {
            do throws(MosquittoHandle.Failure) {
                try handle.unsubscribe(chunk)
                lastSent = MonotonicClock.now
            } catch { return fail(error) }
        }
    }

    /// Returns those of `filters` that a filter with a wildcard that is subscribed to covers.
    public func underWildcards(_ filters: [String]) -> [String] {
        let wildcards = subscriptions.map(\.filter).filter { $0.contains("+") || $0.contains("#") }
        return filters.filter { filter in wildcards.contains { TopicFilter.matches($0, filter) } }
    }

    /// Returns those of `filters` that are subscribed to, or covered by what is.
    public func covered(_ filters: [String]) -> [String] {
        let known = Set(subscriptions.map(\.filter)).union(underWildcards(filters))
        return filters.filter(known.contains)
    }

    /// Sends SUBSCRIBE packets of a few filters each.
    func request(_ wanted: [MQTTSubscription]) {
        guard let handle, !wanted.isEmpty else { return }
        for qos in [QoS.atLeastOnce, .atMostOnce] {
            let filters = wanted.filter { $0.qos == qos }.map(\.filter)
            for chunk in filters.chunks(of: PortableProfile.filtersPerPacket) {
                do throws(MosquittoHandle.Failure) {
                    unanswered[try handle.subscribe(chunk, qos: qos)] = chunk
                    lastSent = MonotonicClock.now
                } catch { return fail(error) }
            }
        }
    }

    func subscribed(_ packet: Int32, _ grants: [Int32]) {
        guard let filters = unanswered.removeValue(forKey: packet) else { return }
        for (place, filter) in filters.enumerated() where place >= grants.count || grants[place] >= 0x80 {
            let code = place < grants.count ? grants[place] : 0x80
            refusals.insert(filter)
            events.append(.subscriptionRefused(filter: filter, refusal(of: filter, code: code)))
        }
        if unanswered.isEmpty { events.append(.subscribed) }
    }

    private func refusal(of filter: String, code: Int32) -> MQTTError {
        let reason =
            code > 0x80
            ? ", " + String(cString: mosquitto_reason_string(code)).withoutFullStop.lowercasedFirst : ""
        let remedy =
            filter.contains(".") || filter.contains(" ")
            ? "some brokers take no \".\" and no space in a topic: rename it, or use mosquitto; else check the broker's "
                + "access list"
            : "check the broker's access list"
        return MQTTError(
            .refused,
            "the broker at \(address) refused the subscription to \"\(filter)\" (code 0x"
                + "\(String(code, radix: 16, uppercase: true))\(reason)); \(remedy)")
    }

    private func fail(_ failure: MosquittoHandle.Failure) {
        self.failure = failure
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
