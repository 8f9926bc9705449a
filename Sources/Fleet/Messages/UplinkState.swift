internal import Mesh

/// How a fleet agent gets on with sending records to the backend.
public struct UplinkState: Codable, Sendable, Hashable {
    /// How many records wait in its outbox.
    public var records: Int
    /// How many bytes they take there.
    public var bytes: Int
    /// How many bytes the outbox may hold.
    public var limitBytes: Int
    /// When the oldest record was that waits, nanoseconds since 1970; absent: none waits, or none was looked at yet.
    public var oldest: Int64?
    /// When the backend last took records, nanoseconds since 1970; absent: not since the agent's start.
    public var lastSuccess: Int64?
    /// What is the matter; absent: nothing.
    public var error: String?
    /// Whether that won't go away by itself; absent: it may.
    public var needsPerson: Bool?
    /// How many records the backend will never take, since the agent's start.
    public var setAside: Int
    /// How many samples were given up for want of room, since the agent's start.
    public var givenUp: Int

    /// An empty outbox.
    public init(limitBytes: Int) {
        (records, bytes, self.limitBytes, setAside, givenUp) = (0, 0, limitBytes, 0, 0)
    }

    /// - Throws: `MessageError` for what no agent says.
    func checked() throws(MessageError) -> UplinkState {
        let counts = [records, bytes, limitBytes, setAside, givenUp]
        for count in counts { _ = try check(count, within: 0...Int.max, field: "telemetry") }
        for instant in [oldest, lastSuccess] { if let instant { _ = try checkInstant(instant, field: "telemetry") } }
        var state = self
        state.error = error.map { String($0.prefix(300)) }
        return state
    }
}
