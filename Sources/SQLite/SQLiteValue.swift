/// What goes into a statement's place.
package enum SQLiteValue: Sendable, Hashable {
    /// A whole number.
    case integer(Int64)
    /// A text.
    case text(String)
    /// Bytes.
    case bytes([UInt8])
    /// Nothing.
    case null
}
