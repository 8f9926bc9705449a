package import Documents
package import Mesh
import YAML

extension Field {
    /// The topic of one sensor, within the profile that any broker takes: see contract.md, "MQTT 3.1.1 is enough".
    package func topic() -> String? {
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
    package func jsonPath() -> JSONPath? {
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

    /// What becomes of what the broker had kept.
    func isAccepted() -> Bool? {
        guard let text = text("what becomes of retained motion", example: "accept") else { return nil }
        guard ["accept", "ignore"].contains(text) else {
            let near = Spelling.nearest(to: text, in: ["accept", "ignore"])
            fail(
                .malformed, "is neither accept nor ignore",
                allowed: "motion that the broker had kept from before is ignored or accepted",
                remedy: near.map { "Did you mean \($0)?" } ?? write("accept"))
            return nil
        }
        return text == "accept"
    }

    /// Where somebody says whether a sensor can be reached: a topic, or one with its payloads.
    package func availability() -> AvailabilityInput? {
        guard node.entries != nil else { return topic().map { AvailabilityInput(topic: $0) } }
        let example = "{topic: zigbee2mqtt/hall-pir/availability, field: state, online: online, offline: offline}"
        guard let fields = fields(["topic", "field", "online", "offline"], example: example) else { return nil }
        let topic = fields.required("topic", example: "zigbee2mqtt/hall-pir/availability")?.topic()
        let online = fields["online"]?.payloadConditions("what says that it is there", example: "online")
        let offline = fields["offline"]?.payloadConditions("what says that it is gone", example: "offline")
        let path = fields["field"]?.jsonPath()
        if let online, let offline,
            offline.contains(where: { one in online.contains { $0.overlaps(one, isPlain: path == nil) } })
        {
            fields["offline"]?.fail(
                .conflict, "is fulfilled by what online takes too", allowed: "two values tell the one from the other",
                remedy: "Write what is sent when the sensor can't be reached")
        }
        return topic.map { AvailabilityInput(topic: $0, field: path, online: online, offline: offline) }
    }

    /// A value, a comparison, or a list of these.
    func payloadConditions(_ what: String, example: String) -> [PayloadCondition]? {
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
