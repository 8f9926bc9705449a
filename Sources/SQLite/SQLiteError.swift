internal import CSQLite

/// SQLite failed: its code, its words, and the statement.
package struct SQLiteError: Error, Hashable, CustomStringConvertible {
    /// The extended result code: https://sqlite.org/rescode.html.
    package var code: Int32
    /// What SQLite says.
    package var message: String
    /// The statement; empty where there was none.
    package var sql: String

    /// A failure.
    package init(code: Int32, message: String, sql: String = "") {
        self.code = code
        self.message = message
        self.sql = sql
    }

    /// Whether the disk, or the quota, has no room.
    ///
    /// What a full disk makes of a file that has to grow to be read is SQLITE_IOERR_SHMSIZE.
    package var isFull: Bool { code & 0xff == SQLITE_FULL || code == SQLiteError.ioerrSharedMemorySize }
    /// Whether the file is damaged, or is no database.
    package var isDamage: Bool { code & 0xff == SQLITE_CORRUPT || code & 0xff == SQLITE_NOTADB }
    /// Whether the file couldn't be read or written: what it holds isn't known.
    package var isFailureOfDisk: Bool {
        [SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_NOMEM].contains(code & 0xff)
    }
    /// Whether another connection has it.
    package var isBusy: Bool { code & 0xff == SQLITE_BUSY || code & 0xff == SQLITE_LOCKED }

    private static let ioerrSharedMemorySize = SQLITE_IOERR | (19 << 8)

    /// A file whose contents are wrong, as its owner found.
    package static func damage(_ message: String) -> SQLiteError {
        SQLiteError(code: SQLITE_CORRUPT, message: message)
    }

    /// `database or disk is full (13)`
    package var description: String { "\(message) (\(code))" + (sql.isEmpty ? "" : ", at: \(sql.prefix(200))") }
}
