/// A node's sensors that other programs publish on topics of their own: what comes there, as events of the node.
public protocol TopicListener: Sendable {
    /// All topics that are to be subscribed to, in order.
    var topics: [String] { get }

    /// Returns whether any of the sensors is heard on a topic.
    func hears(_ topic: String) -> Bool

    /// Takes up a message of a monotonic instant in nanoseconds; `retained`: the broker had kept it.
    ///
    /// - Returns: the events that come of it, in order; none for a topic of nobody here.
    mutating func take(topic: String, payload: [UInt8], retained: Bool, at now: Int64) -> [NodeEvent]

    /// Takes note that the broker refused a subscription, and why.
    mutating func refused(topic: String, because reason: String) -> [NodeEvent]

    /// Takes note that the broker has answered for all subscriptions, and refused these.
    mutating func subscribed(refused: Set<String>) -> [NodeEvent]

    /// The next instant at which motion ends that nothing but the time ends, in nanoseconds of the monotonic clock;
    /// `.max`: none.
    var nextDue: Int64 { get }

    /// Ends what is due at `now`.
    ///
    /// - Returns: the events, and the instant of each.
    mutating func tick(at now: Int64) -> [(event: NodeEvent, at: Int64)]
}
