package import Documents
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

extension MQTTSensorInput: SensorDriver {
    package static let name = "mqtt"
    package static let fields = [
        DriverField("topic", "a topic without + and #, of up to 7 slashes"),
        DriverField("field", "names with points between them, targets[0] for a list's element"),
        DriverField("on", "a value, a comparison like \">0\", or a list of up to 32"),
        DriverField("off", "a value, a comparison, or a list"),
        DriverField("pulse", "\(pulseRange.lowerBound.text) to \(pulseRange.upperBound.text)"),
        DriverField("retained", "accept or ignore", usual: "ignore"),
        DriverField("availability", "a topic, or {topic, field, online, offline}"),
    ]
    package static let example =
        "{driver: mqtt, topic: zigbee2mqtt/hall-pir, field: occupancy, on: true, off: false}"

    package init?(_ fields: FieldMap) {
        let topic = fields.required("topic", example: "zigbee2mqtt/hall-pir")?.topic()
        let path = fields["field"]?.jsonPath()
        let on = fields.required("on", example: "true")?.payloadConditions("what says motion", example: "true")
        let off = fields["off"]?.payloadConditions("what ends motion", example: "false")
        let pulse = fields["pulse"]?
            .duration(in: MQTTSensorInput.pulseRange, "motion that nothing else ends", example: "5s")
        let retained = fields["retained"]?.isAccepted()
        let availability = fields["availability"]?.availability()
        if fields["off"] == nil, fields["pulse"] == nil {
            fields.missing(
                "off", problem: "is missing, and so is pulse", remedy: "Write off: false or pulse: 5s, for instance")
        }
        if let on, let off {
            for one in off where on.contains(where: { $0.overlaps(one, isPlain: path == nil) }) {
                let isSame = on.contains(one)
                fields["off"]?.fail(
                    .conflict,
                    isSame ? "is the value of on too" : "is fulfilled by what on takes too, with \(one.text)",
                    allowed: "two values tell motion from none",
                    remedy: "Write what the sensor sends when motion ends, or pulse: 5s in place of off")
                break
            }
        }
        guard let topic, let on else { return nil }
        let field = path ?? .whole
        guard off != nil || pulse != nil else { return nil }
        self.init(
            topic: topic, field: field, on: on, off: off, pulse: pulse, acceptsRetained: retained ?? false,
            availability: availability)
    }

    package var heardOn: String? { topic }
}
