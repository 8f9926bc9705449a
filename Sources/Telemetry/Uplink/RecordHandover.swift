public import Lighting

/// The way of records from the memory of whoever wrote them to where they are durable: the oldest first, one message at
/// a time, the next when that one is acknowledged. It is sent again, less and less often, where no acknowledgement
/// comes.
///
/// One at a time, because whoever takes over as collector hears only what is said from then on: a message always begins with
/// the oldest record that isn't acknowledged, and so an acknowledgement of its last is one of all before.
public struct RecordHandover: Sendable {
    /// How many records go together, and how many bytes: little enough to be said between two frames.
    static let records = 64
    static let bytes = 16 << 10
    /// How long records are gathered before they are said: light, and the word of it, have long gone.
    static let gathering = Duration.milliseconds(200)
    /// How long the first acknowledgement may take, and the longest time between two attempts.
    static let patience = Duration.seconds(2)
    static let longestPause = Duration.seconds(60)

    /// The records.
    public private(set) var queue: RecordQueue
    private var backOff: BackOff
    private var isOpen = false
    /// The last record of the message that was said and isn't acknowledged.
    private var awaited: Int64?
    /// The instant at which the next message is to be said, or said again, in the nanoseconds of whoever asks; `.max`:
    /// none is.
    public private(set) var due = Int64.max

    /// - Parameter seed: what its pauses are made of.
    public init(_ queue: RecordQueue, seed: UInt64) {
        self.queue = queue
        backOff = BackOff(first: RecordHandover.patience, longest: RecordHandover.longestPause, seed: seed)
    }

    /// Writes the next record, which was at `instant`.
    public mutating func record(_ body: RecordBody, of instant: MeshInstant, at now: Int64) {
        queue.append(body, at: instant)
        if isOpen, awaited == nil { due = min(due, now + RecordHandover.gathering.nanoseconds) }
    }

    /// There is somebody now, or another, who takes records.
    ///
    /// - Parameter spread: how long to wait at most, at random: others hear of it at the same time.
    public mutating func open(within spread: Duration, at now: Int64) {
        isOpen = true
        awaited = nil
        backOff.reset()
        due = queue.count > 0 ? now + backOff.part(of: spread).nanoseconds : .max
    }

    /// There is nobody any more.
    public mutating func close() {
        isOpen = false
        awaited = nil
        due = .max
    }

    /// The message that is due at `now`; nil: none is.
    public mutating func message(at now: Int64) -> [UInt8]? {
        guard isOpen, due <= now,
            let batch = queue.batch(records: RecordHandover.records, bytes: RecordHandover.bytes)
        else { return nil }
        awaited = batch.last
        due = now + (RecordHandover.patience / 2 + backOff.next()).nanoseconds
        return batch.payload
    }

    /// Somebody has all records of a boot up to this one.
    ///
    /// - Returns: whether that can be.
    public mutating func acknowledge(boot: String, through sequence: Int64, at now: Int64) -> Bool {
        guard queue.acknowledge(boot: boot, through: sequence) else { return false }
        guard let last = awaited, sequence >= last else { return true }
        awaited = nil
        backOff.reset()
        due = queue.count > 0 && isOpen ? now : .max
        return true
    }
}
