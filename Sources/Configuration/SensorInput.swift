/// Where a sensor's motion comes from: a driver, and what it needs to know.
public enum SensorInput: Sendable, Hashable {
    /// A line of a GPIO chip.
    case gpio(GPIOSensorInput)
    /// Any maker's sensor that speaks MQTT.
    case mqtt(MQTTSensorInput)
    /// `footlight trigger`.
    case simulated
}
