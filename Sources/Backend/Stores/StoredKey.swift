public import Telemetry

/// A store's own key of a record: stores are looked through in this order.
public struct StoredKey: Sendable, Hashable {
    /// The record's key.
    public var key: RecordKey
    /// The digest that it was taken with.
    public var digest: Digest
}
