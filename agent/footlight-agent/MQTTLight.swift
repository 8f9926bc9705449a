internal import Configuration
internal import Hardware

/// A light sensor that some other program publishes on a topic.
struct MQTTLight {
    let name: String
    let topic: String
    let payload: LightPayload

    /// Nil for light sensors of other drivers.
    init?(_ sensor: LightSensorConfiguration) {
        guard case .mqtt(let topic, let field) = sensor.input else { return nil }
        name = sensor.name
        self.topic = topic
        payload = LightPayload(field: field)
    }
}
