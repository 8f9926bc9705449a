internal import CSQLite

/// A row of an answer, while it is looked at.
package struct SQLiteRow: ~Copyable {
    let statement: OpaquePointer

    /// How many columns there are.
    package var count: Int32 { sqlite3_column_count(statement) }

    /// What is in a column, as it was stored; a number with a fraction is a text.
    package func value(_ column: Int32) -> SQLiteValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_NULL: .null
        case SQLITE_BLOB: .bytes(bytes(column))
        default: .text(text(column))
        }
    }

    /// The whole number in a column, counted from 0; NULL is 0.
    package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    /// Whether a column holds NULL.
    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    /// The text in a column; NULL is empty.
    package func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// The bytes in a column; NULL is empty.
    package func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }
}
