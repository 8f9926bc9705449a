/// The oldest entries of an outbox, to be sent together.
public struct OutboxBatch: Sendable, Hashable {
    /// The entries' numbers, the first and the last, and all that are there between.
    let range: ClosedRange<Int64>
    /// The records' lines, in the order in which they were taken.
    public let lines: [[UInt8]]
}
