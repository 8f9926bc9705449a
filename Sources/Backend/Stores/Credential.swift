public import Telemetry

/// A site's proof of itself. Stores keep the token's digest only; a site may have several, so that they can be changed
/// without a gap.
public struct Credential: Sendable, Hashable {
    /// A use of a credential.
    public enum Scope: String, Sendable, CaseIterable {
        /// To hand over the site's records.
        case write
        /// To read them.
        case read
    }

    /// In place of a site's name: all there are, to read.
    public static let everySite = "*"

    /// The token's digest.
    public var digest: Digest
    /// The site whose records it is for; ``everySite``: all sites, and then it is for reading.
    public var site: String
    /// The use that it is good for.
    public var scope: Scope
    /// The instant from which it is no longer good, seconds since 1970; nil: it stays good.
    public var expires: Int64?

    /// A credential.
    public init(digest: Digest, site: String, scope: Scope, expires: Int64?) {
        self.digest = digest
        self.site = site
        self.scope = scope
        self.expires = expires
    }

    /// A name for people to use: it says nothing of the token.
    public var id: String { String(digest.description.prefix(12)) }

    /// A new token: 256 random bits, which need no slow hash.
    public static func newToken() -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        // 43 of 6 bits each.
        return "footlight_" + String(decoding: (0..<43).map { _ in alphabet.randomElement() ?? 0x41 }, as: UTF8.self)
    }
}
