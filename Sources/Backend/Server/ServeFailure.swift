/// Why a server ended by itself.
public struct ServeFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether it never began: its address can't be had.
    public var isOfAddress: Bool
    /// What happened, and what to do.
    public var description: String

    init(_ error: any Error, at address: String, hasListened: Bool) {
        isOfAddress = !hasListened
        description =
            hasListened
            ? "ended by itself, having listened at \(address): \(error); start it again, and tell of this"
            : "can't listen at \(address): \(error); free that address or name another"
    }
}
