public import Telemetry

/// The records of a store that are to be looked through.
public struct RecordScope: Sendable, Hashable {
    /// A site's; nil: all.
    public var site: String?
    /// Those of the boot of this record; nil: all.
    var boot: RecordKey?
    /// Those of these instants, nanoseconds since 1970; nil: all.
    var instants: Range<Int64>?

    /// All.
    public static let all = RecordScope()

    /// One site's; nil: all.
    public static func site(_ site: String?) -> RecordScope { RecordScope(site: site) }

    /// The records of the boot of a record.
    public static func boot(of key: RecordKey) -> RecordScope { RecordScope(boot: key) }

    /// The records of some instants, nanoseconds since 1970.
    public static func instants(_ instants: Range<Int64>) -> RecordScope { RecordScope(instants: instants) }

    /// The conditions on the columns `site`, `node`, `boot`, `sequence`, `digest` and `at` by which a store finds them behind
    /// a key, with their values by `place`, which returns where the statement has them.
    func conditions(
        after: StoredKey?, text: (String) -> String, number: (Int64) -> String, digest: (Digest) -> String
    ) -> String {
        // What is fixed comes first and isn't compared again: so the rest is a place in the index for every planner, and no
        // filter.
        let fixed =
            boot.map { [("site", $0.site), ("node", $0.node), ("boot", $0.boot)] } ?? site.map { [("site", $0)] } ?? []
        var conditions = fixed.map { "\($0) = \(text($1))" }
        if let after {
            let key = after.key
            let texts = [("site", key.site), ("node", key.node), ("boot", key.boot)].dropFirst(fixed.count)
            let columns = texts.map(\.0) + ["sequence", "digest"]
            let values = texts.map { text($0.1) } + [number(key.sequence), digest(after.digest)]
            conditions.append("(\(columns.joined(separator: ", "))) > (\(values.joined(separator: ", ")))")
        }
        if let instants {
            conditions += ["at >= \(number(instants.lowerBound))", "at < \(number(instants.upperBound))"]
        }
        return conditions.isEmpty ? "true" : conditions.joined(separator: " AND ")
    }
}
