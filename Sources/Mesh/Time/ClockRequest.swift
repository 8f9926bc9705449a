/// A node's question to another, to learn the time.
public struct ClockRequest: Codable, Sendable, Hashable {
    /// The number of the question among the asker's.
    public var sequence: Int
    /// The instant at which it was sent, nanoseconds of the asker's monotonic clock.
    public var t1: Int64
    /// The asker's system clock less its mesh time, nanoseconds, where NTP or the like keeps that clock and it goes by the
    /// asked node's time.
    public var civil: Int64?

    /// A question.
    public init(sequence: Int, t1: Int64, civil: Int64? = nil) {
        self.sequence = sequence
        self.t1 = t1
        self.civil = civil
    }
}
