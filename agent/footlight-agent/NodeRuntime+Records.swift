internal import Configuration
internal import Logging
internal import MQTT
internal import Mesh
internal import Telemetry

/// What of the node leaves the site as records: after light, and after the word of it.
extension NodeRuntime {
    /// Takes note of something, which is worked up later.
    func tellRecords(_ event: NodeUplink.Event, at now: Int64) {
        for action in records?.handle(event, at: now) ?? [] {
            switch action {
            case .remember(let topic, let payload): cache?.keep(topic: topic, payload: payload, at: now)
            case .log(let line): log.info("\(line)")
            }
        }
    }

    /// Takes note of what the log says of it.
    func tellRecords(of lines: [LogLine], andMore more: Int, at now: Int64) {
        tellRecords(.logged(lines, andMore: more, at: clock.mesh(at: now)), at: now)
    }

    /// Makes records of what was said, and hands them over: a little at a time.
    func workOnRecords(at now: Int64) {
        guard let due = records?.due, due <= now, let message = records?.work(at: now) else { return }
        do {
            try connection?.publish(MQTTMessage(topic: message.topic, payload: message.payload))
        } catch {
            if !saidFarewell { log.error("\(error)") }
        }
    }
}
