/// The tables that queries and pages read: made of records, quarter of an hour by quarter of an hour, and at any time anew.
enum SummaryTables {
    /// What differs between the kinds of store.
    enum Dialect {
        case sqlite
        case postgresql

        /// A record's body as JSON; on SQLite that of ``QuarterStatements/readingTable``.
        var body: String {
            switch self {
            case .sqlite: "body"
            case .postgresql: "(line::json -> 'body')"
            }
        }

        fileprivate var text: String {
            switch self {
            case .sqlite: "TEXT"
            case .postgresql: "text COLLATE \"C\""
            }
        }
        fileprivate var number: String {
            switch self {
            case .sqlite: "INTEGER"
            case .postgresql: "bigint"
            }
        }
        fileprivate var end: String {
            switch self {
            case .sqlite: " STRICT, WITHOUT ROWID"
            case .postgresql: ""
            }
        }
    }

    /// All of them.
    static let names = [
        "summary_due", "summary_activation", "summary_zone_quarter", "summary_zone_day", "summary_motion",
        "summary_node", "summary_health", "summary_activity", "summary_log",
    ]

    /// The statements that make them, empty: ``remake`` has them filled.
    static func creation(_ dialect: Dialect) -> String {
        let (text, number, end) = (dialect.text, dialect.number, dialect.end)
        let widths = SpreadSteps.columns.map { "\($0) \(number) NOT NULL" }.joined(separator: ", ")
        let sums = """
            activations \(number) NOT NULL, measured \(number) NOT NULL, late \(number) NOT NULL,
            spread \(number) NOT NULL, \(widths)
            """
        // Those who add records at once don't wait for each other: in PostgreSQL a quarter may be noted many times.
        let due =
            switch dialect {
            case .sqlite: "PRIMARY KEY (site, quarter)) STRICT, WITHOUT ROWID;"
            case .postgresql: "CHECK (quarter >= 0)); CREATE INDEX summary_due_key ON summary_due (site, quarter);"
            }
        return """
            CREATE TABLE summary_due (site \(text) NOT NULL, quarter \(number) NOT NULL, \(due)
            CREATE TABLE summary_activation (
                site \(text) NOT NULL, at \(number) NOT NULL, zone \(text) NOT NULL, bars \(number) NOT NULL,
                late \(number) NOT NULL, spread \(number) NOT NULL, PRIMARY KEY (site, at, zone))\(end);
            CREATE INDEX summary_activation_zone ON summary_activation (site, zone, at);
            CREATE TABLE summary_zone_quarter (
                site \(text) NOT NULL, quarter \(number) NOT NULL, zone \(text) NOT NULL,
                \(sums), PRIMARY KEY (site, quarter, zone))\(end);
            CREATE TABLE summary_zone_day (
                site \(text) NOT NULL, day \(number) NOT NULL, zone \(text) NOT NULL,
                \(sums), PRIMARY KEY (site, day, zone))\(end);
            CREATE TABLE summary_motion (
                site \(text) NOT NULL, quarter \(number) NOT NULL, node \(text) NOT NULL, motions \(number) NOT NULL,
                PRIMARY KEY (site, node, quarter))\(end);
            CREATE INDEX summary_motion_quarter ON summary_motion (site, quarter);
            CREATE TABLE summary_node (
                site \(text) NOT NULL, node \(text) NOT NULL, first_at \(number), last_at \(number),
                verdict \(text), verdict_at \(number), verdict_cause \(text),
                report \(text), report_at \(number), report_cause \(text), PRIMARY KEY (site, node))\(end);
            CREATE TABLE summary_health (
                site \(text) NOT NULL, node \(text) NOT NULL, own \(number) NOT NULL, at \(number) NOT NULL,
                writer \(text) NOT NULL, boot \(text) NOT NULL, sequence \(number) NOT NULL, status \(text) NOT NULL,
                cause \(text) NOT NULL, PRIMARY KEY (site, node, own, at, writer, boot, sequence))\(end);
            CREATE INDEX summary_health_at ON summary_health (site, at);
            CREATE TABLE summary_activity (
                site \(text) NOT NULL, id \(text) NOT NULL, at \(number) NOT NULL, node \(text) NOT NULL,
                zone \(text) NOT NULL, kind \(text) NOT NULL, step \(text) NOT NULL, status \(text) NOT NULL,
                cause \(text) NOT NULL, detail \(text) NOT NULL, began \(number) NOT NULL, ended \(number),
                PRIMARY KEY (site, id))\(end);
            CREATE INDEX summary_activity_began ON summary_activity (site, began);
            CREATE INDEX summary_activity_node ON summary_activity (site, node, began);
            CREATE TABLE summary_log (
                site \(text) NOT NULL, node \(text) NOT NULL, at \(number) NOT NULL, boot \(text) NOT NULL,
                sequence \(number) NOT NULL, level \(text) NOT NULL, text \(text) NOT NULL,
                PRIMARY KEY (site, node, at, boot, sequence))\(end);
            CREATE INDEX summary_log_at ON summary_log (site, at);
            """
    }

    /// Notes that all there is is to be summed up: an activation's first lights may be in the next quarter.
    static let remake = """
        INSERT INTO summary_due (site, quarter)
        SELECT DISTINCT site, at / \(Quarter.nanoseconds) FROM record WHERE true
        UNION SELECT DISTINCT site, at / \(Quarter.nanoseconds) - 1 FROM record WHERE at >= \(Quarter.nanoseconds)
        ON CONFLICT DO NOTHING;
        """

    /// What notes that a quarter is to be summed up, on SQLite: whoever sums it up can tell whether it was noted once more.
    static let note = """
        INSERT INTO summary_due (site, quarter, noted) VALUES (?, ?, random())
        ON CONFLICT (site, quarter) DO UPDATE SET noted = excluded.noted
        """

    /// The statement that notes that quarters are to be summed up, with their values in it: it goes with a COPY.
    static func noting(_ quarters: Set<Quarter>) -> String {
        // A site's name has no quotes; were it another's text, it still couldn't leave its own.
        let rows = quarters.map { "('\($0.site.replacing("'", with: "''"))', \($0.number))" }
        return "INSERT INTO summary_due (site, quarter) VALUES \(rows.joined(separator: ", "))"
    }
}
