/// A node's answer to a ``ClockRequest``. A node that doesn't know the time says so by leaving out all but the first
/// two fields.
public struct ClockReply: Codable, Sendable, Hashable {
    /// The time as the answering node has it.
    public struct Time: Codable, Sendable, Hashable {
        /// The instant at which the question came, nanoseconds of mesh time.
        public var t2: Int64
        /// The instant at which this answer went, nanoseconds of mesh time.
        public var t3: Int64
        /// The node whose time it is: the answering node's own name if that is the reference.
        public var reference: String
        /// The instant from which the answering node's mesh time has gone on without a break, nanoseconds of its mesh
        /// time: another value is another clock.
        public var since: Int64
        /// True if the answering node acts as the reference, for everybody.
        public var acting: Bool
        /// The most by which its time may be off the reference's, nanoseconds.
        public var errorBound: Int64
        /// The correction to be added to mesh time for the time of day, in nanoseconds; absent where nobody knows.
        public var civil: Int64?
        /// From when on, nanoseconds of mesh time; absent from a node of an older release: it does already.
        public var civilFrom: Int64?
        /// The correction until then, where another is to come, in nanoseconds; absent where nobody knew before.
        public var civilBefore: Int64?
        /// The corrections between the two, each with the instant from which it holds, in that order; absent where
        /// there are none.
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
