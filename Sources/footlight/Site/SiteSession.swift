internal import Lighting
internal import MQTT
internal import Mesh

/// A site on a connected broker.
struct SiteSession: Sendable {
    /// How long an answer is waited for.
    static let patience = Duration.seconds(5)
    static let resendInterval = Duration.milliseconds(500)

    let client: MQTTClient
    /// The site's name.
    let site: String
    /// The broker that took the connection.
    let broker: BrokerAddress

    /// All that the broker keeps of the site.
    ///
    /// - Parameter nodes: who is asked for by name, too, where the broker keeps nothing for wildcards.
    func snapshot(of nodes: [String] = []) async throws -> SiteSnapshot {
        SiteSnapshot(try await kept(["footlight/\(site)/#"], of: nodes), site: site)
    }

    /// What the broker keeps below some filters; of one that keeps nothing for wildcards, what `config/site` and the names
    /// of `nodes` lead to.
    func kept(_ filters: [String], of nodes: [String] = []) async throws -> [ReceivedMessage] {
        let messages = try await client.retained(filters)
        guard messages.isEmpty, try await !client.keepsRetainedForWildcards() else { return messages }
        await BrokerLack.shared.warn(of: broker)
        var index = SiteIndex(site: site)
        var topics = index.begin() + index.topics(of: nodes)
        var all: [ReceivedMessage] = []
        while !topics.isEmpty {
            let found = try await client.retained(topics)
            all += found
            topics = found.flatMap { index.take(topic: $0.topic, payload: $0.payload) }
        }
        return all.filter { message in filters.contains { TopicFilter.matches($0, message.topic) } }
    }

    /// Publishes a message, and returns when the broker has acknowledged it.
    func publish(_ topic: Topic, _ payload: [UInt8], retain: Bool) async throws {
        try await client.publish(MQTTMessage(topic: topic.name(site: site), payload: payload, retain: retain))
    }

    /// A name for a command or an action, by which its answer is known.
    static func newID() -> String { "cli-" + String(UInt64.random(in: .min ... .max), radix: 16) }

    /// Publishes until an answer comes: at once, and every half second again, for five seconds.
    ///
    /// - Parameters:
    ///   - resends: whether a repetition does no harm.
    ///   - topics: full names.
    ///   - answer: what a message on one of them says, if it is the answer.
    /// - Returns: nil if none came.
    func ask<Answer: Sendable>(
        _ question: MQTTMessage, resends: Bool, on topics: [String],
        answer: @escaping @Sendable (ReceivedMessage) -> Answer?
    ) async throws -> Answer? {
        let messages = try await client.messages(topics)
        let client = client
        return try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask {
                for try await message in messages {
                    if let answer = answer(message) { return answer }
                }
                throw MQTTError(.closed, "the connection was closed while waiting for an answer")
            }
            group.addTask {
                let clock = ContinuousClock()
                let end = clock.now + SiteSession.patience
                repeat {
                    try await client.publish(question, within: SiteSession.patience)
                    let pause = clock.now + SiteSession.resendInterval
                    try await Task.sleep(until: resends ? min(pause, end) : end, clock: clock)
                } while clock.now < end
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
