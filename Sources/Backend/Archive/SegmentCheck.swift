internal import Telemetry

/// Compares records, as they come by their keys, with the segments that tell of them.
struct SegmentCheck {
    private var expected: ArraySlice<ChainSegment>
    private var present: ChainSegment?
    /// Whether some didn't come, as was told: what is told of segments can't be known any more.
    private var isPartial = false

    init(_ segments: [ChainSegment]) { expected = segments[...] }

    /// Says that some aren't there.
    mutating func skip() { isPartial = true }

    /// Takes up the next record.
    ///
    /// - Returns: what it shows to be wrong.
    mutating func take(_ record: ReceivedRecord) -> String? {
        let next = ChainSegment(record)
        if present?.extend(by: next) == true { return nil }
        defer { present = next }
        return finish()
    }

    /// Ends a segment.
    ///
    /// - Returns: what it shows to be wrong.
    mutating func finish() -> String? {
        guard let present else { return nil }
        self.present = nil
        guard !isPartial else { return nil }
        return expected.popFirst() == present
            ? nil : "\(present.first) to \(present.last) aren't the records that the manifest tells of"
    }
}

extension ChainSegment {
    /// A record alone.
    init(_ record: ReceivedRecord) {
        self.init(
            first: record.key, last: record.key.sequence, previous: record.previous, digest: record.digest)
    }
}
