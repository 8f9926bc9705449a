public import Configuration
public import Mesh

/// How a motion sensor of any maker says on MQTT whether it sees motion.
public struct MotionPayload: Sendable, Hashable {
    /// What a payload says.
    public enum Reading: Sendable, Hashable {
        /// Motion.
        case motion
        /// None.
        case stillness
        /// That the sensor doesn't know, or can't be reached: null, `unavailable`, `unknown`.
        case unknown
        /// Nothing of the kind: the battery's charge, say. Or a value other than that of `on`, where motion ends by itself.
        case silence
    }

    /// The way to the field of a JSON payload.
    public var field: JSONPath
    /// What means motion: one of these.
    public var on: [PayloadCondition]
    /// What means none; nil: motion ends by itself, `pulse` after it was seen.
    public var off: [PayloadCondition]?

    /// What bridges write in place of a value that they don't have: Home Assistant's statestream and templates.
    ///
    /// - Source: Home Assistant's core, homeassistant/const.py: STATE_UNAVAILABLE, STATE_UNKNOWN; a template's None.
    private static let unknown: Set<String> = ["unavailable", "unknown", "None"]

    /// A sensor's payloads.
    public init(field: JSONPath, on: [PayloadCondition], off: [PayloadCondition]?) {
        self.field = field
        self.on = on
        self.off = off
    }

    /// What `payload` says.
    ///
    /// - Throws: ``MessageError`` where it speaks of motion and can't be understood.
    public func reading(of payload: [UInt8]) throws(MessageError) -> Reading {
        if field == .whole { return try reading(of: PlainPayload.text(payload)) }
        guard let value = try JSON.scalar(at: field, in: payload) else { return .silence }
        // Types first: a sensor may tell true from "true". Then without: 1 and "1" differ where programs meet only.
        if on.contains(where: { $0.holds(for: value) }) { return .motion }
        if let off, off.contains(where: { $0.holds(for: value) }) { return .stillness }
        return try reading(of: value.description)
    }

    private func reading(of text: String) throws(MessageError) -> Reading {
        if on.contains(where: { $0.holds(for: text) }) { return .motion }
        if let off, off.contains(where: { $0.holds(for: text) }) { return .stillness }
        if MotionPayload.unknown.contains(text) { return .unknown }
        guard let off else { return .silence }
        throw MessageError(
            .outOfRange, field: field.description,
            reason: "\"\(text.prefix(64))\" is neither \(list(on)) nor \(list(off))")
    }

    private func list(_ conditions: [PayloadCondition]) -> String {
        conditions.map { "\"\($0.text)\"" }.joined(separator: ", ")
    }
}
