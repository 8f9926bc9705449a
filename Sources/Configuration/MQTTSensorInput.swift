/// A sensor that some other program publishes on a topic.
public struct MQTTSensorInput: Sendable, Hashable {
    /// How long motion may last that nothing ends but the time.
    public static let pulseRange = Duration.milliseconds(100)...Duration.seconds(3600)

    /// When motion ends.
    public enum Ending: Sendable, Hashable {
        /// When this value comes.
        case value(PayloadValue)
        /// So long after the last message that said motion.
        case pulse(Duration)
    }

    /// The topic, without wildcards.
    public var topic: String
    /// The way to the field of the JSON payload that counts, from the outside in; empty: the whole payload.
    public var field: [String]
    /// The value that says motion.
    public var on: PayloadValue
    /// When motion ends.
    public var ending: Ending

    /// An input made in code.
    public init(topic: String, field: [String] = [], on: PayloadValue, ending: Ending) {
        self.topic = topic
        self.field = field
        self.on = on
        self.ending = ending
    }
}
