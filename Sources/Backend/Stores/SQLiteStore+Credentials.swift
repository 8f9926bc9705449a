internal import SQLite
public import Telemetry

extension SQLiteStore {
    /// Returns the credential whose token has this digest; nil: none.
    public func credential(_ digest: Digest) async throws -> Credential? {
        try await read { database throws(SQLiteError) in
            try database.rows(
                "SELECT digest, site, scope, expires FROM credential WHERE digest = ?", .bytes(digest.bytes),
                body: SQLiteStore.credential)
        }.first
    }

    /// All that have been issued.
    public func credentials() async throws -> [Credential] {
        try await read { database throws(SQLiteError) in
            try database.rows(
                "SELECT digest, site, scope, expires FROM credential ORDER BY site, digest",
                body: SQLiteStore.credential)
        }
    }

    /// Issues a credential.
    public func add(_ credential: Credential) async throws {
        try await write { database throws(SQLiteError) in
            try database.run(
                "INSERT INTO credential (digest, site, scope, expires) VALUES (?, ?, ?, ?)",
                .bytes(credential.digest.bytes), .text(credential.site), .text(credential.scope.rawValue),
                credential.expires.map { .integer($0) } ?? .null)
        }
    }

    /// Takes a credential back.
    public func revoke(credential id: String) async throws -> Bool {
        try await write { database throws(SQLiteError) in
            try database.run("DELETE FROM credential WHERE substr(lower(hex(digest)), 1, 12) = ?", .text(id))
            return database.changes > 0
        }
    }

    private static func credential(_ row: borrowing SQLiteRow) -> Credential? {
        guard let digest = Digest(bytes: row.bytes(0)), let scope = Credential.Scope(rawValue: row.text(2)) else {
            return nil
        }
        return Credential(
            digest: digest, site: row.text(1), scope: scope, expires: row.isNull(3) ? nil : row.integer(3))
    }
}
