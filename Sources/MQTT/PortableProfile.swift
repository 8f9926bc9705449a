/// The rules that every broker that Footlight is meant for goes by, clustered ones included; checked before anything is
/// sent.
///
/// - Source: principle 4 of the mesh contract.
public enum PortableProfile {
    /// The most slashes in a topic or filter.
    public static let slashLimit = 7
    /// The most bytes in a topic or filter.
    public static let topicByteLimit = 256
    /// A payload has fewer bytes than this.
    public static let payloadByteLimit = 131_072
    /// The most bytes in a client id.
    public static let clientIDByteLimit = 128
    /// The most filters in a SUBSCRIBE packet.
    public static let filtersPerPacket = 8

    /// Checks a message before it is published.
    /// - Throws: ``MQTTError`` (`topicInvalid`, `payloadTooLarge`).
    public static func check(_ message: MQTTMessage) throws(MQTTError) {
        if let why = fault(in: message.topic) {
            throw MQTTError(.topicInvalid, "can't publish on \"\(message.topic)\": \(why)")
        }
        for byte in message.topic.utf8 {
            switch byte {
            case UInt8(ascii: "+"), UInt8(ascii: "#"):
                throw MQTTError(
                    .topicInvalid, "can't publish on \"\(message.topic)\": \"+\" and \"#\" are for filters")
            case UInt8(ascii: "."), UInt8(ascii: " "):
                throw MQTTError(
                    .topicInvalid,
                    "can't publish on \"\(message.topic)\": some brokers take no \".\" and no space in a topic")
            default: break
            }
        }
        guard message.payload.count < payloadByteLimit else {
            throw MQTTError(
                .payloadTooLarge,
                "can't publish \(message.payload.count) bytes on \"\(message.topic)\": "
                    + "a payload has fewer than \(payloadByteLimit) bytes")
        }
    }

    /// Checks a filter before it is subscribed to. Other makers' topics may have "." and spaces.
    /// - Throws: ``MQTTError`` (`filterInvalid`).
    public static func check(filter: String) throws(MQTTError) {
        if let why = fault(in: filter) {
            throw MQTTError(.filterInvalid, "can't subscribe to \"\(filter)\": \(why)")
        }
        let levels = filter.split(separator: "/", omittingEmptySubsequences: false)
        for (place, level) in levels.enumerated() {
            if level.contains("#"), level != "#" || place != levels.count - 1 {
                throw MQTTError(
                    .filterInvalid, "can't subscribe to \"\(filter)\": \"#\" stands alone, at the end, after a slash")
            }
            if level.contains("+"), level != "+" {
                throw MQTTError(
                    .filterInvalid, "can't subscribe to \"\(filter)\": \"+\" stands alone between slashes")
            }
        }
    }

    private static func fault(in topic: String) -> String? {
        if topic.isEmpty { return "it is empty" }
        let bytes = topic.utf8.count
        if bytes > topicByteLimit { return "it has \(bytes) bytes, at most \(topicByteLimit) are portable" }
        var slashes = 0
        for byte in topic.utf8 {
            if byte == UInt8(ascii: "/") { slashes += 1 }
            if byte < 0x20 || byte == 0x7F { return "it has a control character" }
        }
        if slashes > slashLimit { return "it has \(slashes) slashes, at most \(slashLimit) are portable" }
        return nil
    }
}
