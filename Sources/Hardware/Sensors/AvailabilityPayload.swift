internal import Mesh

/// How some program says on MQTT whether a sensor can be reached.
///
/// - Source: zigbee2mqtt 2.0, "Device availability": `{"state":"online"}`; ESPHome, MQTT client: birth and will `online`,
///   `offline`; Tasmota, LWT: `Online`, `Offline`; Shelly Gen2+, `<prefix>/online`: `true`, `false`.
struct AvailabilityPayload: Sendable, Hashable {
    var input: AvailabilityInput

    /// Whether `payload` says that the sensor can be reached; nil: it says nothing of that.
    ///
    /// - Throws: ``MessageError`` where it can't be understood.
    func isOnline(in payload: [UInt8]) throws(MessageError) -> Bool? {
        let isObject = payload.first { $0 > 0x20 } == UInt8(ascii: "{")
        guard let path = input.field ?? (isObject ? JSONPath("state") : nil) else {
            return try isOnline(PlainPayload.text(payload), nil)
        }
        guard let value = try JSON.scalar(at: path, in: payload) else { return nil }
        return try isOnline(value.description, value)
    }

    private func isOnline(_ text: String, _ value: JSON.Scalar?) throws(MessageError) -> Bool? {
        if holds(input.online, ["online", "true"], text, value) { return true }
        if holds(input.offline, ["offline", "false"], text, value) { return false }
        if text.isEmpty { return nil }
        throw MessageError(
            .outOfRange, field: input.field?.description ?? "",
            reason: "\"\(text.prefix(64))\" says neither that the sensor is online nor that it is offline")
    }

    private func holds(
        _ conditions: [PayloadCondition]?, _ words: [String], _ text: String, _ value: JSON.Scalar?
    ) -> Bool {
        guard let conditions else { return words.contains(text.lowercased()) }
        return conditions.contains { condition in
            value.map { condition.holds(for: $0) } ?? false || condition.holds(for: text)
        }
    }
}
