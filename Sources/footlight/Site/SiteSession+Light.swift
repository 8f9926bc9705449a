internal import MQTT
internal import Mesh

extension SiteSession {
    /// Beyond so many zones all of the site's are listened to.
    private static let mostNamed = 4

    /// What is known of the answers, and by whom it is awaited.
    private actor Feed {
        private(set) var answers: LightAnswers

        init(_ answers: LightAnswers) { self.answers = answers }

        /// Returns whether none is open any more.
        func take(_ message: ReceivedMessage) -> Bool {
            answers.take(message)
            return answers.open.isEmpty
        }
    }

    /// Gives commands, all at once, each again every half second until the keeper of its zone has answered or five seconds
    /// are over.
    ///
    /// - Parameter commands: each with an id of its own.
    /// - Returns: what became of them by their ids; of those that nobody answered nothing.
    func give(_ commands: [(zone: String, command: ZoneCommand)]) async throws -> [String: LightAnswers.Outcome] {
        var questions: [String: MQTTMessage] = [:]
        var zones: [String: String] = [:]
        for (zone, command) in commands {
            guard let id = command.id else { continue }
            zones[id] = zone
            questions[id] = MQTTMessage(topic: Topic.set(zone: zone).name(site: site), payload: command.payload)
        }
        let feed = Feed(LightAnswers(site: site, zones: zones))
        let named = Set(zones.values).count > SiteSession.mostNamed ? ["+"] : Set(zones.values).sorted()
        let topics = named.flatMap { [Topic.override(zone: $0), .zoneResult(zone: $0)] }.map { $0.name(site: site) }
        let messages = try await client.messages(topics)
        let (client, asked) = (client, questions)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for try await message in messages where await feed.take(message) { return }
                throw MQTTError(.closed, "the connection was closed while waiting for an answer")
            }
            group.addTask {
                let clock = ContinuousClock()
                let end = clock.now + SiteSession.patience
                repeat {
                    for id in await feed.answers.open.sorted() {
                        if let question = asked[id] {
                            try await client.publish(question, within: SiteSession.patience)
                        }
                    }
                    try await Task.sleep(until: min(clock.now + SiteSession.resendInterval, end), clock: clock)
                } while clock.now < end
            }
            defer { group.cancelAll() }
            try await group.next()
        }
        return await feed.answers.outcomes
    }
}
