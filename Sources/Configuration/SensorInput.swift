/// Where a sensor's motion comes from: a driver, and what it needs to know.
public enum SensorInput: Sendable, Hashable {
    /// Any maker's sensor that speaks MQTT.
    case mqtt(MQTTSensorInput)
    /// `footlight trigger`.
    case simulated
}
