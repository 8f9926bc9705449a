/// What a node asks of another, to learn the time.
public struct ClockRequest: Codable, Sendable, Hashable {
    /// Which of the asker's questions this is.
    public var sequence: Int
    /// When it was sent, nanoseconds of the asker's monotonic clock.
    public var t1: Int64

    /// A question.
    public init(sequence: Int, t1: Int64) {
        self.sequence = sequence
        self.t1 = t1
    }
}
