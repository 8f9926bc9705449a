/// The files that a connection by TLS needs; all in PEM, all paths from the root.
public struct TLSFiles: Sendable, Hashable {
    /// The authorities that may vouch for a broker; nil: the system's.
    public var ca: String?
    /// The certificate that vouches for the agent, and its key; both or neither.
    public var certificate: String?
    /// The key of the certificate.
    public var key: String?

    /// The files.
    public init(ca: String? = nil, certificate: String? = nil, key: String? = nil) {
        self.ca = ca
        self.certificate = certificate
        self.key = key
    }
}
