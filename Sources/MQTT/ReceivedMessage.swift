/// A message that came from the broker, its bytes copied.
public struct ReceivedMessage: Sendable, Hashable {
    /// The topic that it was published on.
    public var topic: String
    /// Its bytes: anything at all, up to ``MQTTConfiguration/payloadLimit``.
    public var payload: [UInt8]
    /// The certainty that it was delivered with: the lower of the publisher's and the subscription's.
    public var qos: QoS
    /// True if it is state that the broker kept from before the subscription.
    public var retained: Bool

    /// A message as if it had come from a broker (for tests of its readers).
    public init(topic: String, payload: [UInt8], qos: QoS = .atLeastOnce, retained: Bool = false) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retained = retained
    }

    /// The payload as text; bytes that aren't UTF-8 become U+FFFD.
    public var text: String {
        String(decoding: payload, as: UTF8.self)
    }
}
