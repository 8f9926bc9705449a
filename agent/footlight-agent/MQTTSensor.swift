internal import Configuration
internal import Hardware
internal import Lighting

/// A sensor that some other program publishes on a topic.
struct MQTTSensor {
    let name: String
    let topic: String
    let payload: MotionPayload
    /// How long motion lasts that nothing ends but the time, nanoseconds.
    let pulse: Int64?
    /// When it ends, on the monotonic clock.
    var endsAt: Int64?

    /// Nil for sensors of other drivers.
    init?(_ sensor: SensorConfiguration) {
        guard case .mqtt(let input) = sensor.input else { return nil }
        name = sensor.name
        topic = input.topic
        var off: [PayloadCondition]?
        switch input.ending {
        case .conditions(let conditions):
            off = conditions
            pulse = nil
        case .pulse(let duration): pulse = duration.nanoseconds
        }
        payload = MotionPayload(field: input.field, on: input.on, off: off)
    }
}
