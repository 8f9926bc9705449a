internal import CMosquitto
internal import Platform

extension MQTTConnection {
    /// Subscribes, now and after every reconnect. A filter subscribed to before is subscribed to again, so that its
    /// retained messages come again. ``MQTTEvent/subscribed`` follows once the broker has answered for all filters.
    /// - Throws: ``MQTTError`` (`filterInvalid`); then nothing is subscribed to.
    public func subscribe(_ wanted: [MQTTSubscription]) throws(MQTTError) {
        for subscription in wanted { try PortableProfile.check(filter: subscription.filter) }
        subscriptions.add(wanted)
        if session != nil, failure == nil { request(wanted) }
    }

    /// Unsubscribes from filters, now and for good. Messages on their way may still come.
    public func unsubscribe(_ filters: [String]) {
        let packets = subscriptions.remove(filters)
        guard session != nil, failure == nil, let handle else { return }
        for chunk in packets {
            do throws(MosquittoHandle.Failure) {
                try handle.unsubscribe(chunk)
                lastSent = MonotonicClock.now
            } catch { return fail(error) }
        }
    }

    /// Returns those of `filters` that a filter with a wildcard that is subscribed to covers.
    public func underWildcards(_ filters: [String]) -> [String] { subscriptions.underWildcards(filters) }

    /// Returns those of `filters` that are subscribed to, or covered by what is.
    public func covered(_ filters: [String]) -> [String] { subscriptions.covered(filters) }

    /// The filters that the broker of this session has refused.
    public var refusals: Set<String> { subscriptions.refusals }

    /// Sends SUBSCRIBE packets of a few filters each, for all that is wanted unless for some.
    func request(_ wanted: [MQTTSubscription]? = nil) {
        guard let handle else { return }
        for request in subscriptions.requests(for: wanted) {
            do throws(MosquittoHandle.Failure) {
                subscriptions.sent(request, as: try handle.subscribe(request.filters, qos: request.qos))
                lastSent = MonotonicClock.now
            } catch { return fail(error) }
        }
    }

    func subscribed(_ packet: Int32, _ grants: [Int32]) {
        guard let refused = subscriptions.answered(packet, grants: grants) else { return }
        for (filter, code) in refused {
            events.append(.subscriptionRefused(filter: filter, refusal(of: filter, code: code)))
        }
        if subscriptions.isAnswered { events.append(.subscribed) }
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
