/// The signals that creating a group waits for (`CreationPolicy`).
public struct CreationSignals: Sendable, Hashable {
    /// The number of instances that must say that they work.
    public var count: Int
    /// The time for which it waits.
    public var timeout: Duration
}
