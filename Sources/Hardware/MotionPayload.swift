internal import Mesh

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

    /// Whether `payload` says motion, none, or nothing of the kind (nil).
    public func motion(in payload: [UInt8]) -> Bool? {
        guard let value = value(in: payload) else { return nil }
        if value == on { return true }
        return value == off ? false : nil
    }

    private func value(in payload: [UInt8]) -> String? {
        guard let field else { return String(decoding: payload.prefix(256), as: UTF8.self) }
        guard var value = try? JSON.decode(JSONValue.self, from: payload) else { return nil }
        for key in field.split(separator: ".") {
            guard case .object(let members) = value, let member = members[String(key)] else { return nil }
            value = member
        }
        return value.scalarText
    }
}
