/// What of a site's history is asked for.
struct HistoryQuery: Sendable, Hashable {
    /// The site.
    var site: String
    /// One node's; nil: all.
    var node: String?
    /// One zone's; nil: all.
    var zone: String?
    /// From this instant, nanoseconds since 1970.
    var from: Int64
    /// Until before this one.
    var to: Int64
    /// Behind this one.
    var after: RowCursor?
    /// The newest first.
    var isNewestFirst = false
    /// At most so many.
    var limit = 1000
}
