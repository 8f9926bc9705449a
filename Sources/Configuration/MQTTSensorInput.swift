public import Mesh

/// A sensor that some other program publishes on a topic.
public struct MQTTSensorInput: Sendable, Hashable {
    /// The range of the time after which motion that nothing else ends is over.
    public static let pulseRange = Duration.milliseconds(100)...Duration.seconds(3600)

    /// The topic, without wildcards.
    public var topic: String
    /// The way to the field of the JSON payload that counts.
    public var field: JSONPath
    /// The values that say motion, one of which suffices.
    public var on: [PayloadCondition]
    /// The values that end motion, one of which suffices; nil: nothing but the time ends it.
    public var off: [PayloadCondition]?
    /// So long after the last message that said motion it is over; nil: it lasts until a message ends it.
    public var pulse: Duration?
    /// True if motion counts that the broker had kept from before.
    public var acceptsRetained: Bool
    /// The topic on which some program says that the sensor can be reached; nil: none does.
    public var availability: AvailabilityInput?

    /// An input made in code, with `off`, `pulse` or both.
    public init(
        topic: String, field: JSONPath = .whole, on: [PayloadCondition], off: [PayloadCondition]? = nil,
        pulse: Duration? = nil, acceptsRetained: Bool = false, availability: AvailabilityInput? = nil
    ) {
        self.topic = topic
        self.field = field
        self.on = on
        self.off = off
        self.pulse = pulse
        self.acceptsRetained = acceptsRetained
        self.availability = availability
    }
}
