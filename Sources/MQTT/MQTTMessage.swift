/// A message to publish.
public struct MQTTMessage: Sendable, Hashable {
    /// The topic. ``PortableProfile`` says what is allowed.
    public var topic: String
    /// Its bytes, fewer than 131,072 (128 KiB).
    public var payload: [UInt8]
    /// The quality of service.
    public var qos: QoS
    /// True if the broker is to keep it for those that subscribe later. An empty payload makes it forget.
    public var retain: Bool
    /// Seconds after which the broker may throw it away undelivered; MQTT 5 only, 3.1.1 ignores it.
    public var expirySeconds: UInt32?

    /// A message of bytes.
    public init(
        topic: String, payload: [UInt8], qos: QoS = .atLeastOnce, retain: Bool = false, expirySeconds: UInt32? = nil
    ) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retain = retain
        self.expirySeconds = expirySeconds
    }

    /// A message of UTF-8 text.
    public init(
        topic: String, text: String, qos: QoS = .atLeastOnce, retain: Bool = false, expirySeconds: UInt32? = nil
    ) {
        self.init(topic: topic, payload: Array(text.utf8), qos: qos, retain: retain, expirySeconds: expirySeconds)
    }
}
