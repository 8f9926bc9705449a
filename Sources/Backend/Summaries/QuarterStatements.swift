/// The statements that sum up a quarter of an hour of a site, in one transaction. Run twice they change nothing; records of
/// the same quarter that come in meanwhile note it once more.
enum QuarterStatements {
    /// How late after its activation a first light is still counted as of it, and by how much a clock may be behind.
    private static let latest: Int64 = 3_600_000_000_000
    private static let earliest: Int64 = 60_000_000_000

    static func all(_ quarter: Quarter, _ dialect: SummaryTables.Dialect) -> [StoreQuery] {
        // What is noted from here on is noted by who has added records since, and isn't forgotten.
        [forget(quarter)] + tables(quarter, dialect).flatMap { $0 }
    }

    /// The same by tables, which may each be a transaction of its own: what is read of one is then never half of it. Forgotten
    /// it is last.
    static func tables(_ quarter: Quarter, _ dialect: SummaryTables.Dialect) -> [[StoreQuery]] {
        [
            activations(quarter, dialect) + zones(quarter), motion(quarter, dialect),
            nodes(quarter, dialect) + health(quarter, dialect), activities(quarter, dialect), log(quarter, dialect),
        ]
    }

    static func forget(_ quarter: Quarter) -> StoreQuery {
        StoreQuery("DELETE FROM summary_due WHERE site = \(quarter.site) AND quarter = \(quarter.number)")
    }

    // MARK: - SQLite: reading first, then writing

    /// What the other statements read, for a quarter's time: it hides the table of all records from the connection that has it.
    static let readingTable = """
        CREATE TEMPORARY TABLE record (
            site TEXT, node TEXT, boot TEXT, sequence INTEGER, at INTEGER, kind TEXT, body TEXT)
        """

    /// The statements that read a quarter's records into that table, and change nothing that anybody else has.
    static func reading(_ quarter: Quarter) -> [StoreQuery] {
        let columns = "site, node, boot, sequence, at, kind, CAST(line AS TEXT) -> 'body'"
        // Of its neighbours only what may be an activation's of its own. Each a range of the index: with both in one
        // statement SQLite looks through all that the site has.
        let neighbours = [(quarter.start - earliest, quarter.start), (quarter.end, quarter.end + latest)]
        return [
            StoreQuery("DELETE FROM temp.record"),
            StoreQuery(
                """
                INSERT INTO temp.record SELECT \(sql: columns) FROM main.record
                WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end)
                """),
        ]
            + neighbours.map { from, to in
                StoreQuery(
                    """
                    INSERT INTO temp.record SELECT \(sql: columns) FROM main.record
                    WHERE site = \(quarter.site) AND at >= \(from) AND at < \(to) AND kind = 'light'
                    """)
            }
    }

    /// What `noted` was when a quarter's records were read; no row: it isn't due.
    static func noted(_ quarter: Quarter) -> StoreQuery {
        StoreQuery("SELECT noted FROM summary_due WHERE site = \(quarter.site) AND quarter = \(quarter.number)")
    }

    /// Forgets that a quarter was due, unless it was noted once more since.
    static func forget(_ quarter: Quarter, noted: Int64) -> StoreQuery {
        StoreQuery(
            """
            DELETE FROM summary_due
            WHERE site = \(quarter.site) AND quarter = \(quarter.number) AND noted = \(noted)
            """)
    }

    /// A whole number in a JSON object `b`: also one that is written with an exponent.
    private static func number(_ field: String) -> String { "CAST(CAST(b ->> '\(field)' AS NUMERIC) AS BIGINT)" }

    private static func activations(_ quarter: Quarter, _ dialect: SummaryTables.Dialect) -> [StoreQuery] {
        [
            StoreQuery(
                """
                DELETE FROM summary_activation
                WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end)
                """),
            StoreQuery(
                """
                INSERT INTO summary_activation (site, at, zone, bars, late, spread)
                SELECT CAST(\(quarter.site) AS TEXT), activation, zone, COUNT(DISTINCT bar), MAX(late), MAX(late) - MIN(late)
                FROM (
                    SELECT node || '/' || (b ->> 'bar') AS bar, b ->> 'zone' AS zone, \(sql: number("activation")) AS activation,
                        \(sql: number("actual")) - \(sql: number("planned")) AS late
                    FROM (
                        SELECT node, \(sql: dialect.body) AS b FROM record
                        WHERE site = \(quarter.site) AND at >= \(quarter.start - earliest)
                            AND at < \(quarter.end + latest) AND kind = 'light') AS lights) AS firsts
                WHERE activation >= \(quarter.start) AND activation < \(quarter.end) GROUP BY zone, activation
                """),
        ]
    }

    private static func zones(_ quarter: Quarter) -> [StoreQuery] {
        let columns = SpreadSteps.columns.joined(separator: ", ")
        let counts = SpreadSteps.columns.indices.map {
            "SUM(CASE WHEN bars > 1 AND \(SpreadSteps.condition($0)) THEN 1 ELSE 0 END)"
        }.joined(separator: ", ")
        let sums = SpreadSteps.columns.map { "SUM(\($0))" }.joined(separator: ", ")
        return [
            StoreQuery(
                "DELETE FROM summary_zone_quarter WHERE site = \(quarter.site) AND quarter = \(quarter.number)"),
            StoreQuery(
                """
                INSERT INTO summary_zone_quarter
                    (site, quarter, zone, activations, measured, late, spread, \(sql: columns))
                SELECT CAST(\(quarter.site) AS TEXT), CAST(\(quarter.number) AS BIGINT), zone, COUNT(*),
                    SUM(CASE WHEN bars > 1 THEN 1 ELSE 0 END), MAX(late), MAX(spread), \(sql: counts)
                FROM summary_activation
                WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end) GROUP BY zone
                """),
            StoreQuery("DELETE FROM summary_zone_day WHERE site = \(quarter.site) AND day = \(quarter.day)"),
            StoreQuery(
                """
                INSERT INTO summary_zone_day (site, day, zone, activations, measured, late, spread, \(sql: columns))
                SELECT CAST(\(quarter.site) AS TEXT), CAST(\(quarter.day) AS BIGINT), zone, SUM(activations), SUM(measured),
                    MAX(late), MAX(spread), \(sql: sums)
                FROM summary_zone_quarter
                WHERE site = \(quarter.site) AND quarter >= \(quarter.day * Quarter.perDay)
                    AND quarter < \((quarter.day + 1) * Quarter.perDay)
                GROUP BY zone
                """),
        ]
    }

    private static func motion(_ quarter: Quarter, _ dialect: SummaryTables.Dialect) -> [StoreQuery] {
        [
            StoreQuery("DELETE FROM summary_motion WHERE site = \(quarter.site) AND quarter = \(quarter.number)"),
            // What is true is a text in one dialect, a number in the other.
            StoreQuery(
                """
                INSERT INTO summary_motion (site, quarter, node, motions)
                SELECT CAST(\(quarter.site) AS TEXT), CAST(\(quarter.number) AS BIGINT), node, COUNT(*) FROM (
                    SELECT node, \(sql: dialect.body) AS b FROM record
                    WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end) AND kind = 'motion'
                    ) AS motions
                WHERE CAST(b ->> 'motion' AS TEXT) IN ('true', '1') GROUP BY node
                """),
            // All nodes together, under no name: a year of that is soon read.
            StoreQuery(
                """
                INSERT INTO summary_motion (site, quarter, node, motions)
                SELECT site, quarter, '', SUM(motions) FROM summary_motion
                WHERE site = \(quarter.site) AND quarter = \(quarter.number) GROUP BY site, quarter
                """),
        ]
    }

    private static func nodes(_ quarter: Quarter, _ dialect: SummaryTables.Dialect) -> [StoreQuery] {
        [
            StoreQuery(
                """
                INSERT INTO summary_node (site, node, first_at, last_at)
                SELECT CAST(\(quarter.site) AS TEXT), node, MIN(at), MAX(at) FROM record
                WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end) GROUP BY node
                ON CONFLICT (site, node) DO UPDATE SET
                    first_at = CASE WHEN summary_node.first_at < excluded.first_at THEN summary_node.first_at
                        ELSE excluded.first_at END,
                    last_at = CASE WHEN summary_node.last_at > excluded.last_at THEN summary_node.last_at
                        ELSE excluded.last_at END
                """)
        ]
    }

    private static func health(_ quarter: Quarter, _ dialect: SummaryTables.Dialect) -> [StoreQuery] {
        /// What a node is by the last word, of the fleet agent or of its own.
        func last(_ column: String, own: Int64) -> StoreQuery {
            StoreQuery(
                """
                INSERT INTO summary_node (site, node, \(sql: column), \(sql: column)_at, \(sql: column)_cause)
                SELECT CAST(\(quarter.site) AS TEXT), node, status, at, cause FROM (
                    SELECT node, status, at, cause, ROW_NUMBER() OVER (
                        PARTITION BY node ORDER BY at DESC, sequence DESC, writer, boot) AS place
                    FROM summary_health WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end)
                        AND own = \(own)) AS words
                WHERE place = 1
                ON CONFLICT (site, node) DO UPDATE SET \(sql: column) = excluded.\(sql: column),
                    \(sql: column)_at = excluded.\(sql: column)_at, \(sql: column)_cause = excluded.\(sql: column)_cause
                WHERE summary_node.\(sql: column)_at IS NULL OR summary_node.\(sql: column)_at <= excluded.\(sql: column)_at
                """)
        }
        return [
            StoreQuery(
                """
                DELETE FROM summary_health
                WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end)
                """),
            StoreQuery(
                """
                INSERT INTO summary_health (site, node, own, at, writer, boot, sequence, status, cause)
                SELECT CAST(\(quarter.site) AS TEXT), b ->> 'node', CASE WHEN node = (b ->> 'node') THEN 1 ELSE 0 END, at,
                    node, boot, sequence, b ->> 'status', b ->> 'cause'
                FROM (
                    SELECT node, boot, sequence, at, \(sql: dialect.body) AS b FROM record
                    WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end) AND kind = 'health'
                    ) AS words
                WHERE true ON CONFLICT DO NOTHING
                """),
            last("verdict", own: 0), last("report", own: 1),
        ]
    }

    private static func activities(_ quarter: Quarter, _ dialect: SummaryTables.Dialect) -> [StoreQuery] {
        let columns = ["at", "node", "zone", "kind", "step", "status", "cause", "detail", "began", "ended"]
        return [
            StoreQuery(
                """
                INSERT INTO summary_activity (site, id, \(sql: columns.joined(separator: ", ")))
                SELECT CAST(\(quarter.site) AS TEXT), b ->> 'id', at, b ->> 'node', zone, b ->> 'kind', b ->> 'step',
                    b ->> 'status', b ->> 'cause', b ->> 'detail', \(sql: number("began")), \(sql: number("ended"))
                FROM (
                    SELECT at, b ->> 'zone' AS zone, b -> 'activity' AS b, ROW_NUMBER() OVER (
                        PARTITION BY b -> 'activity' ->> 'id' ORDER BY at DESC, sequence DESC, node, boot) AS place
                    FROM (
                        SELECT at, sequence, node, boot, \(sql: dialect.body) AS b FROM record
                        WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end)
                            AND kind = 'activity') AS steps) AS latest
                WHERE place = 1
                ON CONFLICT (site, id) DO UPDATE SET
                    \(sql: columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
                WHERE summary_activity.at <= excluded.at
                """)
        ]
    }

    private static func log(_ quarter: Quarter, _ dialect: SummaryTables.Dialect) -> [StoreQuery] {
        [
            StoreQuery(
                """
                DELETE FROM summary_log WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end)
                """),
            StoreQuery(
                """
                INSERT INTO summary_log (site, node, at, boot, sequence, level, text)
                SELECT CAST(\(quarter.site) AS TEXT), node, at, boot, sequence, b ->> 'level', b ->> 'text' FROM (
                    SELECT node, at, boot, sequence, \(sql: dialect.body) AS b FROM record
                    WHERE site = \(quarter.site) AND at >= \(quarter.start) AND at < \(quarter.end) AND kind = 'log'
                    ) AS lines
                WHERE true ON CONFLICT DO NOTHING
                """),
        ]
    }
}
