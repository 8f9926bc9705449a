/// Something that a fleet agent wants done.
public enum FleetAction: Sendable, Hashable {
    /// A message to publish.
    public struct Publication: Sendable, Hashable {
        /// The topic's full name.
        public var topic: String
        /// The message.
        public var payload: [UInt8]
        /// True if the broker is to retain the message.
        public var retain: Bool
        /// 0 or 1.
        public var qos: Int
    }

    /// The importance of a line of the log.
    public enum Importance: Sendable, Hashable {
        /// Worth knowing.
        case info
        /// Someone should look.
        case warning
    }

    /// Publish a message. Those that can't be sent at once may be thrown away: they are said again after a reconnect.
    case publish(Publication)
    /// Keep this for the next start; an empty payload forgets it.
    case remember(topic: String, payload: [UInt8])
    /// Find out the offsets of this time zone (nil: the system's) and tell.
    case loadTimeZone(String?)
    /// Ask these nodes at the other brokers of the list for a sign of life, and tell who answers where.
    case lookElsewhere(for: [String])
    /// Leave the broker to another agent of this name, and come back after this time, telling why.
    case giveWay(for: Duration, because: String)
    /// Write a line to the log.
    case log(Importance, String)
}
