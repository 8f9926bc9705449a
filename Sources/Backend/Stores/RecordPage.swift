/// Some records' lines, and where the next ones begin.
public struct RecordPage: Sendable, Hashable {
    /// The lines.
    public var lines: [[UInt8]]
    /// Behind the last of them; nil: there are no more.
    public var next: RecordQuery.Cursor?
}
