/// A connection that the broker has accepted.
public struct MQTTSession: Sendable, Hashable {
    /// The broker's address.
    public let address: BrokerAddress
    /// The protocol spoken.
    public let version: MQTTVersion
    /// True if the broker remembered subscriptions and messages from before.
    public let isResumed: Bool
    /// Attempts to connect so far, this one included: the number that will and birth were asked with.
    public let connectionCount: Int
    /// The largest packet that the broker takes, as it said; nil: it said nothing of it.
    public let maximumPacketBytes: UInt32?

    /// A connection as if a broker had accepted it (for the simulator).
    package init(
        address: BrokerAddress, version: MQTTVersion, isResumed: Bool, connectionCount: Int,
        maximumPacketBytes: UInt32?
    ) {
        self.address = address
        self.version = version
        self.isResumed = isResumed
        self.connectionCount = connectionCount
        self.maximumPacketBytes = maximumPacketBytes
    }
}
