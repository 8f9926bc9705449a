/// Some records' lines, and where the next ones begin.
public struct RecordPage: Sendable, Hashable {
    /// The lines.
    public var lines: [[UInt8]]
    /// Behind the last of them; nil: there are no more.
    public var next: RecordQuery.Cursor?
}

extension RecordPage {
    /// A page of rows that were asked for one more than `limit`.
    init(_ rows: [(RecordQuery.Cursor, [UInt8])], limit: Int) {
        lines = rows.prefix(limit).map(\.1)
        next = rows.count > limit ? rows.prefix(limit).last?.0 : nil
    }
}
