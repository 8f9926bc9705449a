/// The shares of an outbox's room: samples make way for all else, the oldest first; what else there is is never given
/// up, and where there is no room for more of it, no more is taken.
public struct OutboxRoom: Sendable, Hashable {
    /// The size of an entry beside its line, in bytes.
    public static let overhead = 100

    /// The bytes that there are in all.
    public let limit: Int
    /// The bytes of what is never given up.
    public private(set) var kept: Int
    /// The bytes of samples.
    public private(set) var samples: Int

    /// The room of an outbox that holds this much.
    public init(limit: Int, kept: Int = 0, samples: Int = 0) {
        self.limit = limit
        self.kept = kept
        self.samples = samples
    }

    /// Returns the size of an entry whose line has that many bytes.
    public static func size(ofLine count: Int) -> Int { count + overhead }

    /// Takes up records of these sizes in all.
    ///
    /// - Returns: how many bytes of samples are to be given up, new ones among them; nil: there is no room, and nothing is
    ///   taken.
    public mutating func take(kept new: Int, samples newSamples: Int) -> Int? {
        guard kept + new <= limit else { return nil }
        kept += new
        samples += newSamples
        return max(0, kept + samples - limit)
    }

    /// Records of these sizes have gone.
    public mutating func release(kept gone: Int, samples goneSamples: Int) {
        kept = max(0, kept - gone)
        samples = max(0, samples - goneSamples)
    }
}
