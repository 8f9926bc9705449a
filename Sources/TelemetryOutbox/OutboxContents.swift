/// What an outbox holds.
public struct OutboxContents: Sendable, Hashable {
    /// How many records wait.
    public var records: Int
    /// The bytes of those that are never given up.
    public var kept: Int
    /// The bytes of samples.
    public var samples: Int
    /// The bytes that it may hold.
    public var limit: Int
}
