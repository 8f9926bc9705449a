/// Where a vault is: `file:///mnt/elsewhere/footlight`.
public enum VaultAddress: Sendable, Hashable {
    /// A folder.
    case folder(path: String)

    /// The address that a text says.
    ///
    /// - Throws: ``VaultError``.
    public init(_ text: String) throws {
        let path = String(text.dropFirst("file://".count))
        guard text.hasPrefix("file:///"), path.count > 1, !path.utf8.contains(0) else {
            throw VaultError("\(text) is no vault's address: write file:///mnt/elsewhere/footlight")
        }
        self = .folder(path: path.hasSuffix("/") ? String(path.dropLast()) : path)
    }

    /// The vault at this address.
    public func vault() -> any Vault {
        switch self {
        case .folder(let path): FolderVault(folder: path)
        }
    }
}
