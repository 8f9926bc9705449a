internal import Mesh

/// The progress of a fleet agent in sending records to the backend.
public struct UplinkState: Codable, Sendable, Hashable {
    /// The number of records that wait in its outbox.
    public var records: Int
    /// The size of the records that wait, in bytes.
    public var bytes: Int
    /// The most that the outbox may hold, in bytes.
    public var limitBytes: Int
    /// The instant of the oldest record that waits, nanoseconds since 1970; absent: none waits, or none was looked at
    /// yet.
    public var oldest: Int64?
    /// The instant at which the backend last took records, nanoseconds since 1970; absent: not since the agent's start.
    public var lastSuccess: Int64?
    /// The fault that keeps records back; absent: none.
    public var error: String?
    /// True if that fault won't go away by itself; absent: it may.
    public var needsPerson: Bool?
    /// The number of records that the backend will never take, since the agent's start.
    public var setAside: Int
    /// The number of samples that were given up for want of room, since the agent's start.
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
