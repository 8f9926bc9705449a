/// The address of a store: `sqlite:///var/lib/footlight/backend.sqlite`, or a PostgreSQL address as libpq takes it,
/// with several hosts where there are several.
public enum StoreAddress: Sendable, Hashable {
    /// A file.
    case sqlite(path: String)
    /// A database server.
    case postgresql(String)

    /// The address that a text says.
    ///
    /// - Throws: ``StoreError`` with code `badAddress`.
    public init(_ text: String) throws {
        if text.hasPrefix("sqlite:///") {
            let path = String(text.dropFirst("sqlite://".count))
            guard path.count > 1, !path.hasSuffix("/"), !path.utf8.contains(0) else {
                throw StoreError(.badAddress, "\(text) names no file: write sqlite:///var/lib/footlight/backend.sqlite")
            }
            self = .sqlite(path: path)
        } else if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            self = .postgresql(text)
        } else {
            // What isn't understood may hold a password.
            throw StoreError(
                .badAddress,
                "the store's address begins with neither sqlite:/// nor postgresql://: write "
                    + "sqlite:///var/lib/footlight/backend.sqlite or postgresql://user@host1,host2/footlight")
        }
    }

    /// The store at this address; nothing is opened yet.
    public func store() -> any RecordStore {
        switch self {
        case .sqlite(let path): SQLiteStore(path: path)
        case .postgresql(let address): PostgresStore(address: address)
        }
    }
}
