public import Mesh

/// How a motion sensor of any maker says on MQTT whether it sees motion.
public struct MotionPayload: Sendable, Hashable {
    /// The field of a JSON payload, a path joined by dots; nil: the whole payload.
    public var field: String?
    /// The value that means motion.
    public var on: String
    /// The value that means none; nil: motion ends by itself, `pulse` after it was seen.
    public var off: String?

    /// Values are compared as text: `true`, `1` and `ON` as they stand in the payload.
    public init(field: String?, on: String, off: String?) {
        self.field = field
        self.on = on
        self.off = off
    }

    /// Whether `payload` says motion, none, or nothing of the kind (nil): a report of the battery, say.
    ///
    /// - Throws: ``MessageError`` where it speaks of motion and can't be understood.
    public func motion(in payload: [UInt8]) throws(MessageError) -> Bool? {
        guard let value = try value(in: payload) else { return nil }
        if value == on { return true }
        guard let off else { return nil }
        if value == off { return false }
        throw MessageError(
            .outOfRange, field: field ?? "", reason: "\"\(value.prefix(64))\" is neither \"\(on)\" nor \"\(off)\"")
    }

    private func value(in payload: [UInt8]) throws(MessageError) -> String? {
        guard let field else { return String(decoding: payload.prefix(256), as: UTF8.self) }
        return try JSON.scalar(at: field.split(separator: ".").map { String($0) }, in: payload)
    }
}
