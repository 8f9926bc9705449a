public import Mesh

/// The form in which a light sensor of any maker says on MQTT how bright it is.
public struct LightPayload: Sendable, Hashable {
    /// The way to a field of a JSON payload.
    public var field: JSONPath

    /// A payload whose `field` is in lux.
    public init(field: JSONPath) { self.field = field }

    /// The meaning of a payload.
    public enum Reading: Sendable, Hashable {
        /// The illuminance, in lux.
        case lux(Double)
        /// An unknown illuminance, in this word: `unavailable`.
        case unknown(String)
        /// A message that doesn't speak of light: a report of the battery, say.
        case silence
    }

    /// Returns the meaning of `payload`.
    ///
    /// - Throws: ``MessageError`` where it speaks of light and can't be understood.
    public func reading(of payload: [UInt8]) throws(MessageError) -> Reading {
        let text =
            field == .whole
            ? PlainPayload.text(payload) : try JSON.scalar(at: field, in: payload)?.description
        guard let text, !text.isEmpty else { return .silence }
        if PlainPayload.isUnknown(text) { return .unknown(text) }
        guard let lux = Double(text), LightMessage.range.contains(lux) else {
            throw MessageError(
                .outOfRange, field: field.description,
                reason: "\"\(text.prefix(64))\" is no illuminance in lux")
        }
        return .lux(lux)
    }
}
