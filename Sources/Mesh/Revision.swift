public import Lighting

/// The number by which, of two retained messages on one topic, the later holds: when it was written, in nanoseconds
/// since 1970, or just behind the one before.
public enum Revision {
    /// The values that a revision may have. Nodes take an equal one, too, so that whoever writes at the end of the
    /// range is heard.
    public static let range = MeshInstant.distantPast.nanoseconds...MeshInstant.distantFuture.nanoseconds

    /// The revision of what is written at `now` and is to hold in the stead of what is `known`, whatever the clocks
    /// say. One beyond the range is known to nobody: all refused it.
    public static func next(after known: Int64?, at now: MeshInstant) -> Int64 {
        let floor = known.flatMap { range.contains($0) ? $0 : nil }.map { $0 + 1 } ?? range.lowerBound
        return min(max(now.nanoseconds, floor), range.upperBound)
    }
}
