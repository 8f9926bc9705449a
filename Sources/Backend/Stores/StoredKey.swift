public import Telemetry

/// What a store knows a record by: stores are looked through in this order.
public struct StoredKey: Sendable, Hashable {
    /// The record's key.
    public var key: RecordKey
    /// The digest that it was taken with.
    public var digest: Digest
}
