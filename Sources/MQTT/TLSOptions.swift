/// The proofs of identity of an `mqtts` connection. Passed through to libmosquitto (OpenSSL).
public struct TLSOptions: Sendable, Hashable {
    /// A PEM file of the authorities to trust; without it the system's (`/etc/ssl/certs`).
    public var authorityFile: String?
    /// A PEM file of our certificate, for brokers that ask for one; together with ``keyFile``.
    public var certificateFile: String?
    /// A PEM file of our private key, without a passphrase.
    public var keyFile: String?
    /// True if a certificate for another host name is accepted. The chain of trust is still checked.
    public var acceptsAnyHostName: Bool

    /// Options; by default the system's authorities, no certificate of ours, and the host name checked.
    public init(
        authorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
        acceptsAnyHostName: Bool = false
    ) {
        self.authorityFile = authorityFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.acceptsAnyHostName = acceptsAnyHostName
    }
}
