internal import SQLite

extension SQLiteDatabase {
    /// The rows of an answer.
    @discardableResult
    func rows(_ query: StoreQuery) throws(SQLiteError) -> [[StoreQuery.Value]] {
        let values = query.values.map { value -> SQLiteValue in
            switch value {
            case .integer(let number): .integer(number)
            case .text(let text): .text(text)
            case .null: .null
            }
        }
        return try rows(query.sql.replacing("$", with: "?"), values) { row in
            (0..<row.count).map { column in
                switch row.value(column) {
                case .integer(let number): .integer(number)
                case .text(let text): .text(text)
                case .bytes(let bytes): .text(String(decoding: bytes, as: UTF8.self))
                case .null: .null
                }
            }
        }
    }
}

extension StoreError {
    init(_ error: SQLiteError, _ path: String) {
        if error.isFull {
            self.init(.full, "\(path): \(error.message): make room on its disk")
        } else if error.isBusy {
            self.init(.unavailable, "\(path) is in use by another process for more than 10 s")
        } else if error.isFailureOfDisk || error.isDamage {
            self.init(.unavailable, "\(path): \(error)")
        } else {
            self.init(.failed, "\(path): \(error)")
        }
    }
}
