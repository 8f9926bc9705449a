/// A question for records of a site, which come by their instants.
public struct RecordQuery: Sendable, Hashable {
    /// The end of a page, behind which the next one begins.
    public struct Cursor: Sendable, Hashable, CustomStringConvertible {
        var at: Int64
        var node: String
        var boot: String
        var sequence: Int64
        var digest: String

        /// The form in which it is handed out: `1790000000000000000/stair-01/1f0c/17/9a7b…`
        public var description: String { "\(at)/\(node)/\(boot)/\(sequence)/\(digest)" }
    }

    /// The largest number of records that are handed out at once.
    public static let longestPage = 10_000

    /// The site.
    public var site: String
    /// The node; nil: all.
    public var node: String?
    /// The kind; nil: all.
    public var kind: String?
    /// From this instant, nanoseconds since 1970.
    public var from: Int64
    /// The instant before which records are asked for, nanoseconds since 1970.
    public var to: Int64
    /// Behind this one.
    public var after: Cursor?
    /// At most so many.
    public var limit: Int

    /// A question.
    public init(
        site: String, node: String? = nil, kind: String? = nil, from: Int64 = 0, to: Int64 = .max,
        after: Cursor? = nil, limit: Int = 1000
    ) {
        self.site = site
        self.node = node
        self.kind = kind
        self.from = from
        self.to = to
        self.after = after
        self.limit = limit
    }
}

extension RecordQuery.Cursor {
    /// The cursor that was handed out as this text; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let at = Int64(parts[0]), let sequence = Int64(parts[3]),
            parts[4].utf8.count == 64, parts[4].allSatisfy({ $0.isHexDigit && !$0.isUppercase }),
            !text.utf8.contains(0)
        else { return nil }
        self.init(at: at, node: parts[1], boot: parts[2], sequence: sequence, digest: parts[4])
    }
}
