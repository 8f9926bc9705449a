internal import CSQLite

/// A connection to an SQLite file. It stays with one thread at a time: whoever owns it sees to that.
package final class SQLiteDatabase {
    /// How a file is opened.
    package enum Mode: Sendable {
        /// To read and write; made where there is none.
        case readWriteCreate
        /// To read what is there, though the file, its journal and its locks can't be written.
        case readOnlyAsItIs
    }

    private var handle: OpaquePointer?
    private var statements: [String: OpaquePointer] = [:]

    /// Opens a file.
    ///
    /// - Parameter vfs: how it reaches the file system; nil: as usual.
    /// - Throws: `SQLiteError`. Most of what can be wrong with a file shows at its first statement only.
    package init(path: String, mode: Mode = .readWriteCreate, vfs: String? = nil) throws(SQLiteError) {
        var handle: OpaquePointer?
        let code: Int32
        switch mode {
        case .readWriteCreate:
            code = sqlite3_open_v2(
                path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, vfs)
        case .readOnlyAsItIs:
            code = sqlite3_open_v2(
                "file:\(path)?immutable=1", &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, vfs)
        }
        self.handle = handle
        guard code == SQLITE_OK else {
            let error = SQLiteError(code: code, message: String(cString: sqlite3_errstr(code)) + ": \(path)")
            close()
            throw error
        }
        sqlite3_extended_result_codes(handle, 1)
    }

    deinit { close() }

    /// Closes it; after that every statement fails.
    package func close() {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// How many rows the last statement changed.
    package var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Runs statements without places.
    package func execute(_ sql: String) throws(SQLiteError) {
        guard handle != nil else { throw closed(sql) }
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        if code != SQLITE_OK { throw error(code, sql) }
    }

    /// Runs a statement that answers nothing.
    package func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            if code != SQLITE_ROW { throw error(code, sql) }
        }
    }

    /// What `body` makes of each row of an answer, in order; where it makes nil, the rest is left.
    package func rows<Element>(
        _ sql: String, _ values: SQLiteValue..., body: (borrowing SQLiteRow) -> Element?
    ) throws(SQLiteError) -> [Element] {
        try rows(sql, values, body: body)
    }

    /// What `body` makes of each row of an answer, in order; where it makes nil, the rest is left.
    package func rows<Element>(
        _ sql: String, _ values: [SQLiteValue], body: (borrowing SQLiteRow) -> Element?
    ) throws(SQLiteError) -> [Element] {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        var elements: [Element] = []
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return elements }
            if code != SQLITE_ROW { throw error(code, sql) }
            guard let element = body(SQLiteRow(statement: statement)) else { return elements }
            elements.append(element)
        }
    }

    /// Runs `body` within a transaction, which is durable on return, and undone where `body` throws.
    package func transaction<Result>(
        _ body: () throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // After most failures of the disk SQLite has done so by itself.
            try? execute("ROLLBACK")
            throw error
        }
    }

    private func prepared(_ sql: String, _ values: [SQLiteValue]) throws(SQLiteError) -> OpaquePointer {
        let statement: OpaquePointer
        if let known = statements[sql] {
            statement = known
        } else {
            guard handle != nil else { throw closed(sql) }
            var new: OpaquePointer?
            let code = sqlite3_prepare_v2(handle, sql, -1, &new, nil)
            guard code == SQLITE_OK, let new else { throw error(code, sql) }
            statements[sql] = new
            statement = new
        }
        for (index, value) in values.enumerated() {
            let code = bind(value, to: statement, at: Int32(index + 1))
            if code != SQLITE_OK { throw error(code, sql) }
        }
        return statement
    }

    private func bind(_ value: SQLiteValue, to statement: OpaquePointer, at place: Int32) -> Int32 {
        // SQLITE_TRANSIENT, which Swift doesn't see: SQLite copies the bytes.
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        return switch value {
        case .integer(let number): sqlite3_bind_int64(statement, place, number)
        case .text(let text): sqlite3_bind_text(statement, place, text, Int32(text.utf8.count), copied)
        case .bytes(let bytes):
            bytes.withUnsafeBytes {
                sqlite3_bind_blob(
                    statement, place, $0.baseAddress ?? UnsafeRawPointer(bitPattern: 1), Int32($0.count), copied)
            }
        case .null: sqlite3_bind_null(statement, place)
        }
    }

    private func error(_ code: Int32, _ sql: String) -> SQLiteError {
        SQLiteError(code: code, message: String(cString: sqlite3_errmsg(handle)), sql: sql)
    }

    private func closed(_ sql: String) -> SQLiteError {
        SQLiteError(code: SQLITE_MISUSE, message: "the database is closed", sql: sql)
    }
}
