public import Mesh

/// A listener for a node that has no sensor with a topic of its own.
public struct NoTopics: TopicListener {
    /// A listener that hears nothing.
    public init() {}

    /// None.
    public var topics: [String] { [] }
    /// Never.
    public var nextDue: Int64 { .max }

    /// Returns false.
    public func hears(_ topic: String) -> Bool { false }

    /// Returns none.
    public func take(topic: String, payload: [UInt8], retained: Bool, at now: Int64) -> [NodeEvent] { [] }

    /// Returns none.
    public func refused(topic: String, because reason: String) -> [NodeEvent] { [] }

    /// Returns none.
    public func subscribed(refused: Set<String>) -> [NodeEvent] { [] }

    /// Returns none.
    public func tick(at now: Int64) -> [(event: NodeEvent, at: Int64)] { [] }
}
