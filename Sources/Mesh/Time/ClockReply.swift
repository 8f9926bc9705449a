/// What a node answers to a ``ClockRequest``. A node that doesn't know the time says so by leaving out all but the
/// first two fields.
public struct ClockReply: Codable, Sendable, Hashable {
    /// The time as the answering node has it.
    public struct Time: Codable, Sendable, Hashable {
        /// When the question came, nanoseconds of mesh time.
        public var t2: Int64
        /// When this answer went, nanoseconds of mesh time.
        public var t3: Int64
        /// Whose time it is: the answering node's own name if that is the reference.
        public var reference: String
        /// Since when the answering node's mesh time has gone on without a break, nanoseconds of its mesh time:
        /// another value is another clock.
        public var since: Int64
        /// Whether the answering node acts as the reference, for everybody.
        public var acting: Bool
        /// The most by which its time may be off the reference's, nanoseconds.
        public var errorBound: Int64
        /// What is to be added to mesh time for the time of day, nanoseconds; absent where nobody knows.
        public var civil: Int64?
        /// From when on, nanoseconds of mesh time; absent from a node of an older release: it does already.
        public var civilFrom: Int64?
        /// What is to be added until then, where that is to come; absent where nobody knew before.
        public var civilBefore: Int64?
        /// What is to be added between the two, pairs of it and from when on, in that order; absent where nothing is.
        public var civilBetween: [[Int64]]?
        /// The node whose system clock says so; absent from a node of an older release.
        public var civilBy: String?
    }

    /// The question's.
    public var sequence: Int
    /// The question's.
    public var t1: Int64
    /// The time, if the answering node knows it.
    public var time: Time?

    /// An answer.
    public init(sequence: Int, t1: Int64, time: Time?) {
        self.sequence = sequence
        self.t1 = t1
        self.time = time
    }
}
