public import Mesh

/// The form in which a motion sensor of any maker says on MQTT whether it sees motion.
public struct MotionPayload: Sendable, Hashable {
    /// The meaning of a payload.
    public enum Reading: Sendable, Hashable {
        /// Motion.
        case motion
        /// None.
        case stillness
        /// Unknown motion, or a sensor that can't be reached: null, `unavailable`, `unknown`.
        case unknown
        /// A message that doesn't speak of motion: the battery's charge, say. Or a value other than that of `on`, where
        /// motion ends by itself.
        case silence
    }

    /// The way to the field of a JSON payload.
    public var field: JSONPath
    /// The values that mean motion, one of which suffices.
    public var on: [PayloadCondition]
    /// The values that mean none; nil: motion ends by itself, `pulse` after it was seen.
    public var off: [PayloadCondition]?

    /// A sensor's payloads.
    public init(field: JSONPath, on: [PayloadCondition], off: [PayloadCondition]?) {
        self.field = field
        self.on = on
        self.off = off
    }

    /// A value as it came, with its type where it has one.
    struct Value: Sendable, Hashable {
        var text: String
        var typed: JSON.Scalar?
    }

    /// Returns the meaning of `payload`.
    ///
    /// - Throws: ``MessageError`` where it speaks of motion and can't be understood.
    public func reading(of payload: [UInt8]) throws(MessageError) -> Reading {
        guard let value = try value(in: payload) else { return .silence }
        return try reading(of: value)
    }

    /// The value that counts; nil: there is none.
    ///
    /// - Throws: ``MessageError`` where it isn't JSON, or of another shape.
    func value(in payload: [UInt8]) throws(MessageError) -> Value? {
        if field == .whole { return Value(text: PlainPayload.text(payload)) }
        return try JSON.scalar(at: field, in: payload).map { Value(text: $0.description, typed: $0) }
    }

    /// What a value says.
    ///
    /// - Throws: ``MessageError`` where it is none of those that it may be.
    func reading(of value: Value) throws(MessageError) -> Reading {
        // Types first: a sensor may tell true from "true". Then without: 1 and "1" differ where programs meet only.
        if let typed = value.typed {
            if on.contains(where: { $0.holds(for: typed) }) { return .motion }
            if let off, off.contains(where: { $0.holds(for: typed) }) { return .stillness }
        }
        let text = value.text
        if on.contains(where: { $0.holds(for: text) }) { return .motion }
        if let off, off.contains(where: { $0.holds(for: text) }) { return .stillness }
        if PlainPayload.isUnknown(text) { return .unknown }
        // Nothing was kept: a cleared topic.
        if text.isEmpty { return .silence }
        guard let off else { return .silence }
        throw MessageError(
            .outOfRange, field: field.description,
            reason: "\"\(text.prefix(64))\" is neither \(list(on)) nor \(list(off))")
    }

    private func list(_ conditions: [PayloadCondition]) -> String {
        conditions.map { "\"\($0.text)\"" }.joined(separator: ", ")
    }
}
