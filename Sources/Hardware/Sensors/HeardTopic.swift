internal import Documents
internal import Mesh

/// What a ``SensorLearner`` has heard on one topic.
struct HeardTopic: Sendable {
    let topic: String
    private(set) var count = 0
    /// Whether anything came that the broker had not kept from before.
    private(set) var isLive = false
    private var fields: [JSONPath: HeardField] = [:]

    init(topic: String) { self.topic = topic }

    mutating func take(_ payload: [UInt8], retained: Bool) {
        count += 1
        isLive = isLive || !retained
        let first = payload.first { $0 > 0x20 }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let leaves = try? JSON.leaves(in: payload) {
            for leaf in leaves { take(leaf.value, at: leaf.path) }
        } else {
            let text = String(decoding: payload.prefix(256), as: UTF8.self)
            let isSpace: (Character) -> Bool = { $0.isWhitespace }
            let trimmed = text.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
            take(.text(String(trimmed)), at: .whole)
        }
    }

    private mutating func take(_ value: JSON.Scalar?, at path: JSONPath) {
        guard let value, fields[path] != nil || fields.count < 64 else { return }
        fields[path, default: HeardField(path: path)].take(value)
    }

    /// The field that most probably says motion.
    var motion: HeardField? {
        let rated = fields.values.map { (field: $0, points: $0.points(on: topic)) }.filter { $0.points >= 4 }
        return rated.max {
            ($0.points, $1.field.path.description) < ($1.points, $0.field.path.description)
        }?.field
    }

    /// The field that says how bright it is.
    var light: HeardField? {
        fields.values.filter { $0.isIlluminance(on: topic) }.min { $0.path.description < $1.path.description }
    }

    /// A name for the sensor: of the topic's levels, the last that isn't every sensor's.
    var name: String {
        let common: Set<Substring> = [
            "state", "status", "sensor", "binary_sensor", "events", "rpc", "stat", "tele", "result", "motion", "person",
            "occupancy", "zigbee2mqtt", "homeassistant", "esphome", "shellies", "frigate", "zwave", "active", "all",
        ]
        let levels = topic.split(separator: "/")
        let level = levels.last { !common.contains(Substring($0.lowercased())) } ?? levels.last ?? "sensor"
        return NameRule.proposal(for: level, else: "sensor")
    }

    var summary: [String] {
        fields.values.sorted { $0.path.description < $1.path.description }.map {
            "\(Documents.Excerpt.of(topic)) \($0.path == .whole ? "" : "\($0.path) ")\($0.told)"
        }
    }
}
