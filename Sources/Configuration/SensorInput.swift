/// A driver that reads a motion sensor, with the fields that the file gives it.
public enum SensorInput: Sendable, Hashable {
    /// A line of a GPIO chip.
    case gpio(GPIOSensorInput)
    /// Any maker's sensor that speaks MQTT.
    case mqtt(MQTTSensorInput)
    /// `footlight trigger`.
    case simulated
}
