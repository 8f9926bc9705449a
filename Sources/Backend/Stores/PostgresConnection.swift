internal import CPostgres
internal import Glibc

/// A connection to PostgreSQL. It stays with one thread at a time: ``StoreWorker`` sees to that.
final class PostgresConnection {
    /// PG_DIAG_SQLSTATE, a macro that Swift doesn't see.
    private static let stateField = Int32(UInt8(ascii: "C"))

    private let handle: OpaquePointer

    /// Connects to the first of the address's hosts that takes writes.
    ///
    /// - Throws: ``PostgresError``.
    init(address: String) throws(PostgresError) {
        // The address comes last, and so can say otherwise. Without limits a silent host holds up the rest for ever.
        let password = try PostgresConnection.password().map { [("password", $0)] } ?? []
        let options =
            password + [
                ("connect_timeout", "3"), ("target_session_attrs", "read-write"), ("tcp_user_timeout", "15000"),
                ("keepalives_idle", "10"), ("keepalives_interval", "5"), ("keepalives_count", "3"),
                ("application_name", "footlight-backend"), ("client_encoding", "UTF8"), ("dbname", address),
            ]
        let names = options.map { strdup($0.0) }
        let values = options.map { strdup($0.1) }
        defer { for text in names + values { free(text) } }
        let handle = (names.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { names in
            (values.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { values in
                PQconnectdbParams(names.baseAddress, values.baseAddress, 1)
            }
        }
        guard let handle else { throw PostgresError(state: "", message: "no memory for a connection") }
        self.handle = handle
        guard PQstatus(handle) == CONNECTION_OK else {
            throw PostgresError(state: "", message: String(cString: PQerrorMessage(handle)))
        }
        // Notices ("relation exists, skipping") are for people at a terminal.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        // What was said to be kept must be: not even a server set up otherwise may answer before it has written. A client
        // that was killed in a long statement would keep its locks, and an idle transaction everything behind it.
        try run(
            """
            SET timezone = 'UTC'; SET client_connection_check_interval = '1s';
            SET idle_in_transaction_session_timeout = '30s'; SET statement_timeout = '30s'; SET lock_timeout = '10s';
            SET footlight.notes = 'own';
            SELECT set_config('synchronous_commit', 'on', false)
                WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
            """)
    }

    deinit { PQfinish(handle) }

    /// What the command in FOOTLIGHT_STORE_PASSWORD_COMMAND prints; nil where there is no command. A new one for each
    /// connection: such may be good for minutes only.
    private static func password() throws(PostgresError) -> String? {
        guard let command = getenv("FOOTLIGHT_STORE_PASSWORD_COMMAND"), command.pointee != 0 else { return nil }
        guard let pipe = popen(command, "re") else {
            throw PostgresError(state: "", message: "can't run the command in FOOTLIGHT_STORE_PASSWORD_COMMAND")
        }
        var line = [CChar](repeating: 0, count: 16_384)
        let isRead = fgets(&line, Int32(line.count), pipe) != nil
        guard pclose(pipe) == 0, isRead else {
            throw PostgresError(state: "", message: "the command in FOOTLIGHT_STORE_PASSWORD_COMMAND failed")
        }
        return String(
            decoding: line.prefix { $0 != 0 && $0 != 0x0a && $0 != 0x0d }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Runs statements that answer nothing of interest.
    ///
    /// - Throws: ``PostgresError``.
    func run(_ sql: String) throws(PostgresError) {
        let result = PQexec(handle, sql)
        defer { PQclear(result) }
        try check(result)
    }

    /// Runs a statement with texts in its places `$1` and so on (nil: NULL).
    ///
    /// - Returns: the answer's rows as texts (nil: NULL), or none.
    /// - Throws: ``PostgresError``.
    @discardableResult
    func query(_ sql: String, _ values: [String?] = []) throws(PostgresError) -> [[String?]] {
        let result = execute(sql, values)
        defer { PQclear(result) }
        try check(result)
        let columns = PQnfields(result)
        return (0..<PQntuples(result)).map { row in
            (0..<columns).map { column in
                PQgetisnull(result, row, column) == 1
                    ? nil
                    : String(
                        decoding: UnsafeRawBufferPointer(
                            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column))),
                        as: UTF8.self)
            }
        }
    }

    /// The rows of an answer, whole numbers as such.
    ///
    /// - Throws: ``PostgresError``.
    @discardableResult
    func rows(_ query: StoreQuery) throws(PostgresError) -> [[StoreQuery.Value]] {
        let result = execute(
            query.sql,
            query.values.map { value in
                switch value {
                case .integer(let number): "\(number)"
                case .text(let text): text
                case .null: nil
                }
            })
        defer { PQclear(result) }
        try check(result)
        // - Source: pg_type.dat: int8, int2, int4, and numeric, which sums are.
        let isNumber = (0..<PQnfields(result)).map { [20, 21, 23, 1700].contains(PQftype(result, $0)) }
        return (0..<PQntuples(result)).map { row in
            isNumber.indices.map { column in
                let column = (Int32(column), isNumber[column])
                guard PQgetisnull(result, row, column.0) == 0 else { return .null }
                let text = String(
                    decoding: UnsafeRawBufferPointer(
                        start: PQgetvalue(result, row, column.0), count: Int(PQgetlength(result, row, column.0))),
                    as: UTF8.self)
                return column.1 ? Int64(text).map { .integer($0) } ?? .text(text) : .text(text)
            }
        }
    }

    /// Runs a statement that changes rows, and returns how many.
    ///
    /// - Throws: ``PostgresError``.
    func change(_ sql: String, _ values: [String?] = []) throws(PostgresError) -> Int {
        let result = execute(sql, values)
        defer { PQclear(result) }
        try check(result)
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// Copies rows in PostgreSQL's binary format; they are there when this returns, or it throws.
    ///
    /// - Throws: ``PostgresError``.
    func copy(_ sql: String, _ rows: [UInt8]) throws(PostgresError) {
        let start = PQexec(handle, sql)
        defer { PQclear(start) }
        guard PQresultStatus(start) == PGRES_COPY_IN else {
            try check(start)
            throw PostgresError(state: "XX000", message: "COPY didn't begin")
        }
        let isSent = rows.withUnsafeBytes { bytes in
            var place = 0
            while place < bytes.count {
                let count = min(1 << 20, bytes.count - place)
                let piece = bytes.baseAddress?.advanced(by: place).assumingMemoryBound(to: CChar.self)
                guard PQputCopyData(handle, piece, Int32(count)) == 1 else { return false }
                place += count
            }
            return PQputCopyEnd(handle, nil) == 1
        }
        // Every result is taken, or the connection would stay within the COPY.
        var failure: PostgresError?
        while let result = PQgetResult(handle) {
            defer { PQclear(result) }
            do throws(PostgresError) { try check(result) } catch { failure = failure ?? error }
            if PQresultStatus(result) == PGRES_COPY_IN { PQputCopyEnd(handle, "gave up") }
            if PQstatus(handle) != CONNECTION_OK { break }
        }
        if let failure { throw failure }
        if !isSent { throw PostgresError(state: "", message: String(cString: PQerrorMessage(handle))) }
    }

    private func execute(_ sql: String, _ values: [String?]) -> OpaquePointer? {
        let texts = values.map { value in value.flatMap { strdup($0) } }
        defer { for text in texts { free(text) } }
        return texts.map { UnsafePointer($0) }.withUnsafeBufferPointer { texts in
            PQexecParams(handle, sql, Int32(values.count), nil, texts.baseAddress, nil, nil, 0)
        }
    }

    private func check(_ result: OpaquePointer?) throws(PostgresError) {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_COPY_IN: return
        default:
            let state = PQresultErrorField(result, PostgresConnection.stateField).map { String(cString: $0) }
            let message = result.map { String(cString: PQresultErrorMessage($0)) }
            throw PostgresError(
                state: PQstatus(handle) == CONNECTION_OK ? state ?? "" : "",
                message: message ?? String(cString: PQerrorMessage(handle)))
        }
    }
}
