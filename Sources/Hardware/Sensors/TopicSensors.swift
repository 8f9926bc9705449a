internal import Lighting
public import Mesh

/// A node's sensors that other programs publish on topics: what comes there, as events of the node.
///
/// All parts of one payload are one event: how bright it is comes before motion, which is judged by that.
public struct TopicSensors: TopicListener {
    private var motions: [TopicMotion]
    private var lights: [TopicLight]
    private let known: Set<String>

    /// The sensors of `node` that are heard on topics.
    public init(_ node: NodeConfiguration) {
        motions = node.sensors.compactMap(TopicMotion.init)
        lights = node.lightSensors.compactMap(TopicLight.init)
        known = Set(motions.flatMap(\.topics) + lights.flatMap(\.topics))
    }

    /// All topics that are to be subscribed to, in order.
    public var topics: [String] { known.sorted() }

    /// Returns whether any of the sensors is heard on a topic.
    public func hears(_ topic: String) -> Bool { known.contains(topic) }

    /// Takes up a message of a monotonic instant in nanoseconds; `retained`: the broker had kept it.
    ///
    /// - Returns: the events that come of it, in order; none for a topic of nobody here.
    public mutating func take(topic: String, payload: [UInt8], retained: Bool, at now: Int64) -> [NodeEvent] {
        // Somebody clears what the broker keeps.
        guard known.contains(topic), !payload.isEmpty else { return [] }
        var events: [NodeEvent] = []
        for index in lights.indices { events += lights[index].take(topic, payload) }
        for index in motions.indices { events += motions[index].take(topic, payload, retained: retained, at: now) }
        return events
    }

    /// The broker refused a subscription.
    public mutating func refused(topic: String, because reason: String) -> [NodeEvent] {
        refuse { $0 == topic ? reason : nil }
    }

    /// The broker has answered for all subscriptions, and refused these.
    public mutating func subscribed(refused: Set<String>) -> [NodeEvent] {
        var events: [NodeEvent] = []
        for index in lights.indices where !refused.contains(lights[index].topic) {
            events += lights[index].refuse(nil)
        }
        for index in motions.indices where !refused.contains(motions[index].topic) {
            events += motions[index].refuse(nil)
        }
        return events
    }

    private mutating func refuse(_ reason: (String) -> String?) -> [NodeEvent] {
        var events: [NodeEvent] = []
        for index in lights.indices {
            if let reason = reason(lights[index].topic) { events += lights[index].refuse(reason) }
        }
        for index in motions.indices {
            if let reason = reason(motions[index].topic) { events += motions[index].refuse(reason) }
        }
        return events
    }

    /// The next instant at which motion ends that nothing but the time ends, in nanoseconds of the monotonic clock;
    /// `.max`: none.
    public var nextDue: Int64 { motions.lazy.compactMap(\.endsAt).min() ?? .max }

    /// Ends what is due at `now`.
    ///
    /// - Returns: the events, and the instant of each.
    public mutating func tick(at now: Int64) -> [(event: NodeEvent, at: Int64)] {
        motions.indices.compactMap { motions[$0].end(at: now) }
    }
}
