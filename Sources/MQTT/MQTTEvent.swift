/// An event of a connection, for its owner, in the order that events happened.
public enum MQTTEvent: Sendable, Hashable {
    /// An attempt begins.
    case connecting(BrokerAddress)
    /// The broker accepted. Subscriptions, birth and kept messages are on their way already.
    case connected(MQTTSession)
    /// Every filter has been answered by the broker (after a connect, and after ``MQTTConnection/subscribe(_:)``):
    /// whatever is published from now on will be seen. Retained state may still be arriving.
    case subscribed
    /// The broker refused a filter: the sentence names it and the broker's reason.
    case subscriptionRefused(filter: String, MQTTError)
    /// A message.
    case message(ReceivedMessage)
    /// The broker acknowledged a message of QoS 1.
    case delivered(MQTTMessageID)
    /// A message won't be delivered.
    case dropped(MQTTMessageID, topic: String, DropReason)
    /// An incoming message larger than ``MQTTConfiguration/payloadLimit`` was thrown away.
    case oversized(topic: String, byteCount: Int)
    /// An attempt to connect failed; the next is under way. The sentence names the address and the remedy.
    case refused(MQTTError)
    /// The connection ended; the next attempt is under way. The sentence names the address and the reason.
    case disconnected(MQTTError)
    /// The connection was closed by ``MQTTConnection/disconnect(within:)``; nothing follows.
    case closed
}
