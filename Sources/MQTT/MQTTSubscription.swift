/// A topic filter and the highest certainty that its messages are wanted with.
public struct MQTTSubscription: Sendable, Hashable {
    /// The filter; `+` stands for one level, `#` for all that follow.
    public var filter: String
    /// The highest QoS to be delivered with.
    public var qos: QoS

    /// A subscription to `filter`.
    public init(_ filter: String, qos: QoS = .atLeastOnce) {
        self.filter = filter
        self.qos = qos
    }
}
