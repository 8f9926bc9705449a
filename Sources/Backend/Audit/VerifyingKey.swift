internal import CCrypto
internal import Glibc

/// The public half of a ``SigningKey``.
///
/// `@unchecked Sendable`: OpenSSL 3 only reads a key once it is made.
public final class VerifyingKey: @unchecked Sendable {
    private let key: OpaquePointer

    /// Takes over a key.
    init(key: OpaquePointer) { self.key = key }

    deinit { EVP_PKEY_free(key) }

    /// The key in a file.
    ///
    /// - Throws: ``VaultError``.
    public init(file path: String) throws {
        guard let file = fopen(path, "r") else { throw VaultError(errno: errno, "can't read the key \(path)") }
        defer { fclose(file) }
        guard let key = PEM_read_PUBKEY(file, nil, nil, nil) else {
            throw VaultError(
                "\(path) holds no public key: footlight-backend checkpoint key made one, with .pub at its end")
        }
        guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
            EVP_PKEY_free(key)
            throw VaultError("\(path) holds a key of another kind: Ed25519 is wanted")
        }
        self.key = key
    }

    /// Returns whether bytes were signed with the other half.
    public func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }
}
