/// A record as a store has it: what it is known by, and a line, which may have been changed since.
public struct StoredRecord: Sendable, Hashable {
    /// The record's key in the store.
    public var key: StoredKey
    /// The line.
    public var line: [UInt8]
}
