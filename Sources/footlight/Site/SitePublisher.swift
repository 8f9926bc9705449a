internal import HomeAssistant
internal import MQTT
internal import Mesh

/// Makes the broker's retained configuration what a plan says, and makes sure that it is.
struct SitePublisher: Sendable {
    let session: SiteSession
    let plan: SitePlan
    /// What else is to be kept, once the zones are.
    var further: [(topic: Topic, payload: [UInt8])] = []
    /// What completes it where a part was published.
    var remedy = "run apply again, which completes it"

    private static let attempts = 5

    /// Publishes, removes and reads back.
    ///
    /// Zones first, then the site's list of them, then what it no longer lists is removed: so that a node that comes in
    /// between neither misses a zone nor restores one that is going.
    ///
    /// - Throws: ``Failure``, `MQTTError`.
    func publish() async throws {
        let publications = publications
        // All of them before the first is published: one that no broker takes must not leave half a site.
        for (topic, payload) in publications {
            try PortableProfile.check(MQTTMessage(topic: topic.name(site: session.site), payload: payload))
        }
        do {
            for (topic, payload) in publications { try await session.publish(topic, payload, retain: true) }
            await session.withdraw(plan.removedZones.flatMap(DiscoveryTopic.subjects), plan.known)
            for topic in removals { try await session.publish(topic, [], retain: true) }
        } catch let error as MQTTError {
            let failure = Failure(error)
            throw Failure(
                failure?.code ?? .unavailable,
                "\(error.description). A part may have been published: \(remedy)")
        }
        try await verify()
    }

    /// What is to be kept, in order.
    private var publications: [(topic: Topic, payload: [UInt8])] {
        var result: [(topic: Topic, payload: [UInt8])] = []
        for zone in plan.zones {
            guard let message = zone.message else { continue }
            result.append((.zoneConfiguration(zone: zone.name), JSON.encode(message)))
        }
        if let message = plan.message { result.append((.siteConfiguration, JSON.encode(message))) }
        return result + further
    }

    /// What is to be forgotten: of each zone the configuration first, so that its keeper ceases to publish.
    private var removals: [Topic] {
        plan.removedZones.flatMap { [.zoneConfiguration(zone: $0), .override(zone: $0), .state(zone: $0)] }
    }

    private func verify() async throws {
        var wrong: [String] = []
        for _ in 0..<SitePublisher.attempts {
            let payloads = try await session.snapshot().payloads
            // A keeper may have said something of its zone just before it heard that it is gone.
            let leftovers = removals.filter { payloads[$0] != nil }
            for topic in leftovers { try await session.publish(topic, [], retain: true) }
            wrong = leftovers.map { $0.name(site: session.site) + " is still there" }
            wrong += publications.filter { payloads[$0.topic] != $0.payload }.map { $0.topic.name(site: session.site) }
            if wrong.isEmpty { return }
        }
        throw Failure(
            .refused,
            "the broker took the messages and does not have them: \(wrong.prefix(3).joined(separator: ", ")). Has this "
                + "user the right to write footlight/\(session.site)/#? Or did somebody else apply a file just now?"
        )
    }
}
