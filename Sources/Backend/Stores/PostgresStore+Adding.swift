internal import Lighting
internal import Telemetry

extension PostgresStore {
    /// Adds records, and notes the quarters of an hour that are to be summed up anew; returns how many are new.
    static func add(
        _ records: [ReceivedRecord], by connection: PostgresConnection
    ) throws(PostgresError) -> Int {
        let rows = CopyRows.bytes(records)
        let noting = SummaryTables.noting(Quarter.all(of: records))
        var hasPartitions = false
        while true {
            do throws(PostgresError) {
                // In one message, and so in one transaction.
                try connection.copy("COPY record (\(CopyRows.columns)) FROM STDIN (FORMAT binary); \(noting)", rows)
                return records.count
            } catch {
                if error.hasNoPartition, !hasPartitions {
                    hasPartitions = true
                    for instant in Set(records.map(\.at.nanoseconds.month)) {
                        try connection.query("SELECT footlight_make_partition($1)", ["\(instant)"])
                    }
                    continue
                }
                guard error.isDuplicate else { throw error }
            }
            return try addNew(rows, noting: noting, by: connection)
        }
    }

    /// Adds those of the rows that aren't there yet: they come again after an answer that was lost.
    private static func addNew(
        _ rows: [UInt8], noting: String, by connection: PostgresConnection
    ) throws(PostgresError) -> Int {
        try connection.run(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS staging (
                site text, node text, boot text, sequence bigint, digest bytea, at bigint, kind text, line text)
                ON COMMIT DELETE ROWS
            """)
        try connection.run("BEGIN")
        do throws(PostgresError) {
            try connection.copy("COPY staging (\(CopyRows.columns)) FROM STDIN (FORMAT binary)", rows)
            // In one order everywhere: two that add the same records wait for each other, and not in a circle.
            let new = try connection.change(
                """
                INSERT INTO record (\(CopyRows.columns)) SELECT \(CopyRows.columns) FROM staging
                ORDER BY site, node, boot, sequence ON CONFLICT DO NOTHING
                """)
            if new > 0 { try connection.run(noting) }
            try connection.run("COMMIT")
            return new
        } catch {
            try? connection.run("ROLLBACK")
            throw error
        }
    }
}

extension Int64 {
    /// An instant that stands for a month about this one, in nanoseconds: a partition's bounds are PostgreSQL's to find.
    fileprivate var month: Int64 {
        let day: Int64 = 86_400_000_000_000
        return self / day * day
    }
}
