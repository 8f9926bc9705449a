internal import Platform
internal import Synchronization
internal import Telemetry

/// What tokens are good for, as the store said within the last seconds: so long one that was taken back still works.
final class CredentialCache: Sendable {
    private static let lasts: Int64 = 10_000_000_000
    private static let limit = 10_000

    private let store: any RecordStore
    private let known = Mutex<[Digest: (credential: Credential?, until: Int64)]>([:])

    init(_ store: any RecordStore) { self.store = store }

    /// What a token is good for; nil: nothing.
    ///
    /// - Throws: ``StoreError``.
    func credential(_ token: String) async throws -> Credential? {
        let digest = Digest(of: Array(token.utf8))
        let now = MonotonicClock.now
        if let entry = known.withLock({ $0[digest] }), entry.until > now { return entry.credential }
        let credential = try await store.credential(digest)
        known.withLock { known in
            // Tokens that somebody makes up take no memory for long.
            if known.count >= CredentialCache.limit { known = [:] }
            known[digest] = (credential, now + CredentialCache.lasts)
        }
        return credential
    }
}
