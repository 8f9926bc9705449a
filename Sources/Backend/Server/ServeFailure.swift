/// The reason why a server ended by itself.
public struct ServeFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// True if the server never began: its address can't be had.
    public var isOfAddress: Bool
    /// The fault, and what to do about it.
    public var description: String

    init(_ error: any Error, at address: String, hasListened: Bool) {
        isOfAddress = !hasListened
        description =
            hasListened
            ? "ended by itself, having listened at \(address): \(error); start it again, and tell of this"
            : "can't listen at \(address): \(error); free that address or name another"
    }
}
