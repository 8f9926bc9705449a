internal import Mesh
import YAML

extension FieldMap {
    /// What the `mqtt` driver needs.
    func mqttSensor() -> MQTTSensorInput? {
        let topic = required("topic", example: "zigbee2mqtt/hall-pir")?.topic()
        let path = self["field"]?.jsonPath()
        let on = required("on", example: "true")?.payloadConditions("what says motion", example: "true")
        let off = self["off"]?.payloadConditions("what ends motion", example: "false")
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
        if let on, let off {
            for one in off where on.contains(where: { $0.overlaps(one, isPlain: path == nil) }) {
                let isSame = on.contains(one)
                self["off"]?.fail(
                    .conflict,
                    isSame ? "is the value of on too" : "is fulfilled by what on takes too, with \(one.text)",
                    allowed: "two values tell motion from none",
                    remedy: "Write what the sensor sends when motion ends, or pulse: 5s in place of off")
                break
            }
        }
        guard let topic, let on else { return nil }
        let field = path ?? .whole
        if let off { return MQTTSensorInput(topic: topic, field: field, on: on, ending: .conditions(off)) }
        return pulse.map { MQTTSensorInput(topic: topic, field: field, on: on, ending: .pulse($0)) }
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
    func jsonPath() -> JSONPath? {
        guard let text = text("a field of the payload", example: "occupancy") else { return nil }
        do {
            return try JSONPath(text: text)
        } catch {
            let found =
                switch error {
                case .emptyName: "has a point without a name beside it"
                case .openQuote: "has a name whose quotation mark isn't closed"
                case .noIndex: "has a bracket that holds no number of 0…999"
                case .unseparated: "has neither a point nor a bracket after a name's end"
                case .tooDeep(let count): "has \(count) names"
                }
            fail(
                .malformed, found,
                allowed:
                    "a field is up to \(JSONPath.maximumDepth) names with points between them, with a list's element "
                    + "as targets[0] and a name that has a point in quotes",
                remedy: write("occupancy"))
            return nil
        }
    }

    /// A value, a comparison, or a list of these.
    fileprivate func payloadConditions(_ what: String, example: String) -> [PayloadCondition]? {
        guard node.items != nil else { return payloadCondition(what, example: example).map { [$0] } }
        guard let members = list(of: "values", example: "[small, large]") else { return nil }
        guard (1...32).contains(members.count) else {
            fail(
                .outOfRange, "is a list of \(members.count) values", allowed: "\(what) is a value or up to 32",
                remedy: write(example))
            return nil
        }
        let conditions = members.compactMap { $0.payloadCondition(what, example: example) }
        return conditions.count == members.count ? conditions : nil
    }

    /// A value as it is written, or a comparison.
    private func payloadCondition(_ what: String, example: String) -> PayloadCondition? {
        guard let text = text(what, example: example), case .scalar(_, let isPlain) = node.content else { return nil }
        if let comparison = PayloadCondition.Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }) {
            let rest = text.dropFirst(comparison.rawValue.count).drop { $0 == " " }
            if let limit = PayloadValue.number(String(rest)) { return .compares(comparison, limit) }
            fail(
                .malformed, "compares with no number", allowed: "\(what) is a value, or a comparison with a number",
                remedy: write("\"\(comparison.rawValue)0\""))
            return nil
        }
        if let value = PayloadValue(text: text, isQuoted: !isPlain) { return .equals(value) }
        fail(
            .outOfRange, "is too large a number", allowed: "\(what) is a text, a number, true or false",
            remedy: write(example))
        return nil
    }
}
