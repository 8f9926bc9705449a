internal import Glibc
internal import Mesh
internal import SQLite
internal import Telemetry

/// The outbox's file: how it is opened, and what is done with one that is damaged.
struct OutboxFile: Sendable {
    /// A code of our own, which SQLite has none for.
    static let laterVersion: Int32 = -1
    private static let version: Int64 = 1

    let path: String
    let vfs: String?

    /// Opens it, and makes sure that it is whole.
    func open() throws(SQLiteError) -> SQLiteDatabase {
        let database = try SQLiteDatabase(path: path, vfs: vfs)
        do throws(SQLiteError) {
            // No second process, and so no memory shared with it, which a full disk couldn't give.
            try database.execute("PRAGMA locking_mode = EXCLUSIVE")
            try database.execute("PRAGMA journal_mode = WAL")
            // A commit is on the disk, and not just handed over.
            try database.execute("PRAGMA synchronous = FULL")
            try database.execute("PRAGMA wal_autocheckpoint = 256")
            try database.execute("PRAGMA journal_size_limit = 1048576")
            let version = try database.rows("PRAGMA user_version") { $0.integer(0) }.first ?? 0
            guard version <= OutboxFile.version else {
                throw SQLiteError(
                    code: OutboxFile.laterVersion, message: "version \(version), this knows \(OutboxFile.version)")
            }
            if version == 0 { try create(database) }
            let faults = try database.rows("PRAGMA quick_check(1)") { $0.text(0) }
            guard faults == ["ok"] else { throw OutboxFile.error(faults.joined(separator: " ")) }
            return database
        } catch {
            database.close()
            throw error
        }
    }

    /// What a check found: damage, unless it couldn't read (`unable to get the page. error code=266`).
    private static func error(_ fault: String) -> SQLiteError {
        let mark = "error code="
        if let place = fault.firstRange(of: mark) {
            let digits = fault[place.upperBound...].prefix { $0.isNumber }
            if let code = Int32(digits) { return SQLiteError(code: code, message: fault) }
        }
        return .damage(fault)
    }

    private func create(_ database: SQLiteDatabase) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) in
            try database.execute(
                """
                CREATE TABLE entry (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, sample INTEGER NOT NULL,
                    line BLOB NOT NULL) STRICT;
                CREATE INDEX entry_samples ON entry (id) WHERE sample = 1;
                CREATE TABLE refused (
                    id INTEGER PRIMARY KEY AUTOINCREMENT, line BLOB NOT NULL, reason TEXT NOT NULL) STRICT;
                PRAGMA user_version = \(OutboxFile.version);
                """)
        }
    }

    /// Moves a damaged file out of the way.
    ///
    /// - Returns: where it is now; nil where it can't be moved.
    func setAside() -> String? {
        let places = (1...1000).lazy.map { number -> String in "\(path).damaged-\(number)" }
        let place = places.first { access($0, F_OK) != 0 }
        guard let place, rename(path, place) == 0 else { return nil }
        // Its journal belongs to it: beside a new file of the old name it would be taken for that one's.
        rename("\(path)-wal", "\(place)-wal")
        return place
    }

    /// The records of a damaged file that are still as they were, in their order.
    ///
    /// - Throws: `SQLiteError` where it can't be read for another reason: what is there may be read later.
    func salvage() throws(SQLiteError) -> [ReceivedRecord] {
        // Of a file that was cut off SQLite reads nothing: it is as long as its header says for a moment.
        let size = SQLiteDatabase.sizes(ofFile: path)
        if let size, size.actual < size.stated { truncate(path, off_t(size.stated)) }
        defer { if let size, size.actual < size.stated { truncate(path, off_t(size.actual)) } }
        var lines: [Int64: [UInt8]] = [:]
        // From both ends: what is damaged lies somewhere between.
        for order in ["ASC", "DESC"] {
            for mode in [SQLiteDatabase.Mode.readWriteCreate, .readOnlyAsItIs] {
                do throws(SQLiteError) {
                    let database = try SQLiteDatabase(path: path, mode: mode, vfs: vfs)
                    _ = try database.rows("SELECT id, line, digest FROM entry ORDER BY id \(order)") { row in
                        let line = row.bytes(1)
                        if Digest(of: line).bytes == row.bytes(2) { lines[row.integer(0)] = line }
                        return true
                    }
                } catch {
                    if error.isFailureOfDisk { throw error }
                }
            }
        }
        return lines.sorted { $0.key < $1.key }.compactMap { try? ReceivedRecord(line: $0.value) }
    }
}
