public import Mesh

/// How a light sensor of any maker says on MQTT how bright it is.
public struct LightPayload: Sendable, Hashable {
    /// The way to a field of a JSON payload.
    public var field: JSONPath

    /// A payload whose `field` is in lux.
    public init(field: JSONPath) { self.field = field }

    /// How bright `payload` says it is, in lux; nil where it says nothing of that: a report of the battery, say.
    ///
    /// - Throws: ``MessageError`` where it speaks of light and can't be understood.
    public func lux(in payload: [UInt8]) throws(MessageError) -> Double? {
        let text =
            field == .whole
            ? PlainPayload.text(payload) : try JSON.scalar(at: field, in: payload)?.description
        guard let text else { return nil }
        guard let lux = Double(text), LightMessage.range.contains(lux) else {
            throw MessageError(
                .outOfRange, field: field.description,
                reason: "\"\(text.prefix(64))\" is no illuminance in lux")
        }
        return lux
    }
}
