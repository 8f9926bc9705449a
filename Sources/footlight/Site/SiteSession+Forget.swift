internal import Lighting
internal import MQTT

extension SiteSession {
    /// How long a node that is there, or a fleet agent, takes to say again what was cleared: it hears of it at once.
    private static let answerTime = Duration.seconds(1)

    /// Clears topics.
    ///
    /// - Returns: what the broker keeps once whoever is there has had the time to contradict. That nobody does can't be
    ///   awaited otherwise.
    func clear(_ topics: [String], of node: String) async throws -> SiteSnapshot {
        for topic in topics { try await client.publish(MQTTMessage(topic: topic, payload: [], retain: true)) }
        try await Task.sleep(for: SiteSession.answerTime)
        return try await snapshot(of: [node])
    }
}
