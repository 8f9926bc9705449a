internal import Lighting

extension NodeCore {
    /// Something came on a sensor's topic, or of whoever looks after it.
    mutating func heard(_ sensor: String, _ hearing: SensorHearing, at now: MeshInstant) {
        guard let index = sensors.firstIndex(where: { $0.description.name == sensor }) else { return }
        let before = sensors[index].hearing
        sensors[index].hearing = hearing
        sensors[index].hearing.said = hearing.said ?? before.said
        var isNews = false
        if hearing.isAlive {
            sensors[index].heardAt = now
            // Who repeats that somebody is there isn't stuck.
            if sensors[index].seenSince != nil { sensors[index].seenSince = now }
            isNews = vouch(for: index)
        }
        if hearing.isOnline == false, before.isOnline != false {
            // What it saw before stays true: the light is held as if it saw no more.
            sensors[index].seenSince = nil
            if sensors[index].motion, sensors[index].triggerUntil == nil {
                set(index, motion: false, at: now)
                isNews = true
            }
        }
        if hearing.trouble != before.trouble {
            actions.append(
                hearing.trouble.map { .log(.warning, "sensor \(sensor): \($0)") }
                    ?? .log(.info, "sensor \(sensor) can be understood"))
            if agenda.has(.health) { agenda[.health] = now }
            isNews = true
        }
        if isNews { say(index) }
    }
}

extension SensorState {
    /// How long nothing may ever have come on a sensor's topic: those with a battery are quiet for long, but at night.
    private static let longestWait = Duration.seconds(3600)

    /// What is known of the topic, in a health report.
    func topicChecks(since started: MeshInstant, at now: MeshInstant) -> [HealthMessage.Check] {
        guard let topic = description.topic else { return [] }
        let isMute = heardAt == nil && hearing.said == nil && hearing.trouble == nil
        let detail =
            hearing.trouble
            ?? (isMute
                ? "no message on \(Excerpt.of(topic, limit: 128)) since the agent's start; is the topic right? footlight "
                    + "sensor learn shows what comes"
                : hearing.said.map { "says \($0)" })
        return [
            .init(
                .input, of: description.name,
                healthy: hearing.trouble == nil && !(isMute && now - started >= SensorState.longestWait),
                value: heardAt.map { (now - $0).seconds } ?? -1, detail: detail)
        ]
    }
}
