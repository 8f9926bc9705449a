/// The address of a vault: `file:///mnt/elsewhere/footlight`, or `s3://bucket/prefix`.
public enum VaultAddress: Sendable, Hashable {
    /// A folder.
    case folder(path: String)
    /// A bucket of S3, and what its objects' names begin with: nothing, or parts with `/` behind each.
    case bucket(String, prefix: String)

    /// The address that a text says.
    ///
    /// - Throws: ``VaultError``.
    public init(_ text: String) throws {
        let error = VaultError(
            "\(text) is no vault's address: write file:///mnt/elsewhere/footlight or s3://bucket/prefix")
        guard !text.utf8.contains(0) else { throw error }
        if text.hasPrefix("file:///"), text.utf8.count > 8 {
            let path = text.dropFirst("file://".count)
            self = .folder(path: String(path.hasSuffix("/") ? path.dropLast() : path))
        } else if text.hasPrefix("s3://") {
            let parts = text.dropFirst("s3://".count).split(separator: "/", omittingEmptySubsequences: false)
            // What is a bucket's name, and can't be taken for an option.
            guard let bucket = parts.first, (3...63).contains(bucket.utf8.count), bucket.first != "-",
                bucket.utf8.allSatisfy({
                    (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || [0x2d, 0x2e].contains($0)
                })
            else { throw error }
            self = .bucket(
                String(bucket), prefix: parts.dropFirst().filter { !$0.isEmpty }.map { "\($0)/" }.joined())
        } else {
            throw error
        }
    }

    /// The vault at this address.
    ///
    /// - Parameter options: how objects are put into a bucket.
    public func vault(_ options: S3Vault.Options = S3Vault.Options()) -> any Vault {
        switch self {
        case .folder(let path): FolderVault(folder: path)
        case .bucket(let bucket, let prefix): S3Vault(bucket: bucket, prefix: prefix, options: options)
        }
    }
}
