internal import HomeAssistant
internal import MQTT
internal import Mesh

extension SiteSession {
    /// How long Home Assistant takes to let a device go: until then it reads the topics of that, and logs an error for each
    /// that is cleared.
    private static let partingTime = Duration.milliseconds(500)

    /// Takes what describes a zone or a node from Home Assistant, before what it describes goes.
    ///
    /// Where this user may not, whoever is there of the mesh does it a little later, and Home Assistant's log has an error.
    func withdraw(_ subjects: [DiscoveryTopic.Subject], _ settings: HomeAssistantSettings?) async {
        guard let settings, !subjects.isEmpty else { return }
        let topics = DiscoveryTopic(site: site, settings)
        do {
            // What isn't there isn't taken away: Home Assistant warns of that, too.
            let kept = try await client.retained(subjects.map { topics.name(of: $0) })
            guard !kept.isEmpty else { return }
            for message in kept {
                try await client.publish(MQTTMessage(topic: message.topic, payload: [], retain: true))
            }
            try await Task.sleep(for: SiteSession.partingTime)
        } catch {}
    }
}
