internal import CCrypto
internal import FoundationEssentials
internal import Glibc

/// The key that signs checkpoints: an Ed25519 key in a file of its own, in PEM as `openssl` reads it. It belongs on a
/// machine that nobody who may write to the database can reach.
///
/// `@unchecked Sendable`: OpenSSL 3 only reads a key once it is made.
public final class SigningKey: @unchecked Sendable {
    private let key: OpaquePointer

    private init(key: OpaquePointer) { self.key = key }

    deinit { EVP_PKEY_free(key) }

    /// The key in a file.
    ///
    /// - Throws: ``VaultError``.
    public init(file path: String) throws {
        guard let file = fopen(path, "r") else { throw VaultError(errno: errno, "can't read the key \(path)") }
        defer { fclose(file) }
        guard let key = PEM_read_PrivateKey(file, nil, { _, _, _, _ in 0 }, nil) else {
            throw VaultError(
                "\(path) holds no private key: footlight-backend checkpoint key makes one; the public one, "
                    + "\(path).pub, can't sign")
        }
        guard EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
            EVP_PKEY_free(key)
            throw VaultError("\(path) holds a key of another kind: Ed25519 is wanted")
        }
        self.key = key
    }

    /// Makes a key, in a file that only its owner may read, and the public half beside it, in `path.pub`.
    ///
    /// - Throws: ``VaultError``, also where there is one: what it signed couldn't be checked any more.
    public static func make(file path: String) throws {
        var key: OpaquePointer?
        let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil)
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &key) == 1, let key else {
            throw VaultError("OpenSSL makes no key")
        }
        let made = SigningKey(key: key)
        try made.write(to: path, mode: 0o600) { PEM_write_PrivateKey($0, $1, nil, nil, 0, nil, nil) }
        try made.write(to: "\(path).pub", mode: 0o644) { PEM_write_PUBKEY($0, $1) }
    }

    /// The other half, which checks its signatures.
    public var verifyingKey: VerifyingKey {
        EVP_PKEY_up_ref(key)
        return VerifyingKey(key: key)
    }

    /// The signature of bytes: 64 bytes.
    ///
    /// - Source: RFC 8032, Ed25519.
    public func signature(of bytes: [UInt8]) throws -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: 64)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1
        else { throw VaultError("OpenSSL signs nothing") }
        return signature
    }

    private func write(
        to path: String, mode: mode_t, _ body: (UnsafeMutablePointer<FILE>, OpaquePointer) -> Int32
    ) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw VaultError("\(path) is there already: what it has signed needs it; name another file")
            }
            throw VaultError(errno: errno, "can't write \(path)")
        }
        guard let file = fdopen(descriptor, "w") else { throw VaultError(errno: errno, "can't write \(path)") }
        let isWritten = body(file, key) == 1 && fflush(file) == 0 && fsync(descriptor) == 0
        guard fclose(file) == 0, isWritten else { throw VaultError("can't write \(path)") }
    }
}
