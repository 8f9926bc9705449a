/// What creating a group waits for (`CreationPolicy`).
public struct CreationSignals: Sendable, Hashable {
    /// How many instances must say that they work.
    public var count: Int
    /// For how long it waits.
    public var timeout: Duration
}
