/// The contents of an outbox, in figures.
public struct OutboxContents: Sendable, Hashable {
    /// The number of records that wait.
    public var records: Int
    /// The bytes of those that are never given up.
    public var kept: Int
    /// The bytes of samples.
    public var samples: Int
    /// The bytes that it may hold.
    public var limit: Int
}
