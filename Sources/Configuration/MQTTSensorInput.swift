public import Mesh

/// A sensor that some other program publishes on a topic.
public struct MQTTSensorInput: Sendable, Hashable {
    /// How long motion may last that nothing ends but the time.
    public static let pulseRange = Duration.milliseconds(100)...Duration.seconds(3600)

    /// When motion ends.
    public enum Ending: Sendable, Hashable {
        /// When one of these comes.
        case conditions([PayloadCondition])
        /// So long after the last message that said motion.
        case pulse(Duration)
    }

    /// The topic, without wildcards.
    public var topic: String
    /// The way to the field of the JSON payload that counts.
    public var field: JSONPath
    /// What says motion: one of these.
    public var on: [PayloadCondition]
    /// When motion ends.
    public var ending: Ending

    /// An input made in code.
    public init(topic: String, field: JSONPath = .whole, on: [PayloadCondition], ending: Ending) {
        self.topic = topic
        self.field = field
        self.on = on
        self.ending = ending
    }
}
