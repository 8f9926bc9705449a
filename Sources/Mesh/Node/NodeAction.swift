/// Something a node wants done.
public enum NodeAction: Sendable, Hashable {
    /// A message to publish.
    public struct Publication: Sendable, Hashable {
        /// The topic's full name.
        public var topic: String
        /// The message.
        public var payload: [UInt8]
        /// True if the broker keeps it.
        public var retain: Bool
        /// 0 or 1.
        public var qos: Int
        /// True if it is the node's own state, to be published again after each reconnect.
        public var keep: Bool
    }

    /// The importance of a line of the log.
    public enum Importance: Sendable, Hashable {
        /// Worth knowing.
        case info
        /// Someone should look.
        case warning
    }

    /// Publish a message.
    case publish(Publication)
    /// Subscribe to these filters, QoS 1.
    case subscribe([String])
    /// End these subscriptions.
    case unsubscribe([String])
    /// Tell the clock that a node has connected anew: ``MeshClockEvent/returned(_:)``.
    case tellClock(returned: String)
    /// Keep this for the next start without a broker; an empty payload forgets it.
    case remember(topic: String, payload: [UInt8])
    /// Find out the offsets of this time zone (nil: the system's) and tell.
    case loadTimeZone(String?)
    /// Say this on the trigger wire.
    case signal(WireSignal)
    /// Compose a health report and publish it.
    case reportHealth
    /// Draw a frame that nobody sees, to the LEDs, and tell: ``NodeEvent/finished(id:figures:failure:)``.
    case probe(id: String)
    /// Run the operator's program for this, and tell likewise. After an update whatever is installed then takes over.
    case run(NodeCommand, id: String)
    /// Leave the broker to another agent of this name, and come back after this time, telling why.
    case giveWay(for: Duration, because: String)
    /// End this process in good order, to be started again.
    case restart
    /// Write a line to the log.
    case log(Importance, String)
}
