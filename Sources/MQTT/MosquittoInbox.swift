internal import CMosquitto

/// What libmosquitto's callbacks leave for the connection, in order. The callbacks' context: it is retained once for
/// the handle, and released after the handle is destroyed.
final class MosquittoInbox {
    enum Item {
        case accepted(isResumed: Bool, inFlightMaximum: UInt16?, packetMaximum: UInt32? = nil)
        case refused(code: UInt8)
        case message(ReceivedMessage)
        case oversized(topic: String, byteCount: Int)
        case published(packet: Int32, reason: UInt8)
        case subscribed(packet: Int32, grants: [Int32])
        case ended(code: Int32)
    }

    private let payloadLimit: Int
    private var items: [Item] = []
    /// Payload bytes in the inbox.
    private(set) var byteCount = 0
    /// The first thing that the library complained about: OpenSSL's reasons come only this way.
    private(set) var complaint: String?
    /// Whether the broker keeps retained messages: it does unless it says that it doesn't.
    var keepsRetained = true

    init(payloadLimit: Int) {
        self.payloadLimit = payloadLimit
    }

    /// How many items wait.
    var count: Int { items.count }

    /// Hands over all items.
    func take() -> [Item] {
        guard !items.isEmpty else { return [] }
        let taken = items
        items.removeAll()
        byteCount = 0
        return taken
    }

    func leave(_ item: Item) {
        items.append(item)
    }

    func leave(_ message: mosquitto_message) {
        guard let topicText = message.topic else { return }
        let topic = String(cString: topicText)
        let size = Int(message.payloadlen)
        guard size <= payloadLimit else {
            items.append(.oversized(topic: topic, byteCount: size))
            return
        }
        let bytes = [UInt8](UnsafeRawBufferPointer(start: message.payload, count: message.payload == nil ? 0 : size))
        byteCount += size
        items.append(
            .message(
                ReceivedMessage(
                    topic: topic, payload: bytes, qos: QoS(rawValue: UInt8(clamping: message.qos)) ?? .atLeastOnce,
                    retained: message.retain)))
    }

    func complain(_ text: String) {
        if complaint == nil { complaint = text }
    }
}
