import YAML

extension FieldMap {
    /// What the `mqtt` driver needs.
    func mqttSensor() -> MQTTSensorInput? {
        let topic = required("topic", example: "zigbee2mqtt/hall-pir")?.topic()
        let path = self["field"]?.jsonPath()
        let on = required("on", example: "true")?.payloadValue("the value that says motion", example: "true")
        let off = self["off"]?.payloadValue("the value that ends motion", example: "false")
        let pulse = self["pulse"]?
            .duration(in: MQTTSensorInput.pulseRange, "motion that nothing else ends", example: "5s")
        if let field = self["pulse"], self["off"] != nil {
            field.fail(
                .conflict, "stands beside off", allowed: "motion ends with a value or after a time",
                remedy: "Remove pulse or off")
        } else if self["off"] == nil, self["pulse"] == nil {
            missing(
                "off", problem: "is missing, and so is pulse", remedy: "Write off: false or pulse: 5s, for instance")
        }
        if let on, let off, on.meaning == off.meaning || (path == nil && on.text == off.text) {
            self["off"]?.fail(
                .conflict, "is the value of on too", allowed: "two values tell motion from none",
                remedy: "Write what the sensor sends when motion ends, or pulse: 5s in place of off")
        }
        guard let topic, let on else { return nil }
        if let off { return MQTTSensorInput(topic: topic, field: path ?? [], on: on, ending: .value(off)) }
        return pulse.map { MQTTSensorInput(topic: topic, field: path ?? [], on: on, ending: .pulse($0)) }
    }
}

extension Field {
    /// The topic of one sensor, within the profile that any broker takes: see contract.md, "MQTT 3.1.1 is enough".
    func topic() -> String? {
        let example = "zigbee2mqtt/hall-pir"
        guard let topic = text("a topic", example: example) else { return nil }
        let slashes = topic.utf8.count { $0 == UInt8(ascii: "/") }
        if topic.contains("+") || topic.contains("#") {
            fail(
                .malformed, "has a wildcard", allowed: "a sensor has a topic of its own, without + and #",
                remedy: write(example))
        } else if topic.hasPrefix("$") {
            fail(
                .malformed, "begins with $", allowed: "topics that do belong to the broker itself",
                remedy: write(example))
        } else if slashes > 7 {
            fail(
                .outOfRange, "has \(slashes) slashes", allowed: "a topic has at most 7, so that any broker takes it",
                remedy: write(example))
        } else {
            return topic
        }
        return nil
    }

    /// The way to a field of a JSON payload.
    func jsonPath() -> [String]? {
        guard let text = text("a field of the payload", example: "occupancy") else { return nil }
        let names = text.split(separator: ".", omittingEmptySubsequences: false)
        guard names.allSatisfy({ !$0.isEmpty }), names.count <= 8 else {
            fail(
                .malformed, names.count > 8 ? "has \(names.count) names" : "has a point without a name beside it",
                allowed: "a field is up to 8 names with points between them", remedy: write("occupancy"))
            return nil
        }
        return names.map(String.init)
    }

    /// A value as it is written.
    fileprivate func payloadValue(_ what: String, example: String) -> PayloadValue? {
        guard let text = text(what, example: example), case .scalar(_, let isPlain) = node.content else { return nil }
        if let value = PayloadValue(text: text, isQuoted: !isPlain) { return value }
        fail(
            .outOfRange, "is too large a number", allowed: "\(what) is a text, a number, true or false",
            remedy: write(example))
        return nil
    }
}
