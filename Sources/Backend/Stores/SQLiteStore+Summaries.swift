internal import Platform
internal import SQLite

/// How an SQLite file is summed up: it has one writer at a time, and so its records are read first, while others are taken, and
/// each table is then written in a moment of its own.
extension SQLiteStore {
    /// Brings summaries up to date, for a moment.
    public func summarise() async throws -> SummaryProgress { try await summarise {} }

    /// - Parameter meanwhile: runs when a quarter of an hour has been read, and nothing of it is written yet.
    func summarise(meanwhile: @escaping @Sendable () -> Void) async throws -> SummaryProgress {
        try await run(on: summariser) { [writer] database throws(SQLiteError) in
            var progress = SummaryProgress()
            let due = try database.rows("SELECT site, quarter FROM summary_due LIMIT 21") { row in
                Quarter(site: row.text(0), number: row.integer(1))
            }
            progress.isMore = due.count > 20
            let start = MonotonicClock.now
            for quarter in due.prefix(20) {
                if MonotonicClock.now - start > 100_000_000 {
                    progress.isMore = true
                    break
                }
                // Another process may have done it meanwhile.
                guard let noted = try database.rows(QuarterStatements.noted(quarter)).first?.first?.number else {
                    continue
                }
                do throws(SQLiteError) {
                    for statement in QuarterStatements.reading(quarter) { try database.rows(statement) }
                    meanwhile()
                    let tables =
                        QuarterStatements.tables(quarter, .sqlite) + [
                            [QuarterStatements.forget(quarter, noted: noted)]
                        ]
                    for table in tables {
                        // Whoever hands over records waits meanwhile.
                        guard try database.write(table, of: quarter, while: writer) else { break }
                    }
                    progress.done += 1
                } catch {
                    if error.isFull || error.isBusy || error.isDamage || error.isFailureOfDisk { throw error }
                    let forgets = [QuarterStatements.forget(quarter, noted: noted)]
                    _ = try database.write(forgets, of: quarter, while: writer)
                    progress.faults.append(
                        "\(quarter.site): \(error): the quarter of an hour from \(quarter.start) isn't summed up")
                }
            }
            return progress
        }
    }
}

extension SQLiteDatabase {
    /// Runs statements on a quarter in one transaction, while the writer waits. Returns false, and does nothing, where the quarter
    /// is no longer due: then another process has summed it up, from what may be later records.
    fileprivate func write(
        _ statements: [StoreQuery], of quarter: Quarter, while writer: StoreWorker<SQLiteDatabase>
    ) throws(SQLiteError) -> Bool {
        let outcome = writer.hold {
            Result { () throws(SQLiteError) in
                try transaction { () throws(SQLiteError) in
                    guard try !rows(QuarterStatements.noted(quarter)).isEmpty else { return false }
                    for statement in statements { try rows(statement) }
                    return true
                }
            }
        }
        return try outcome.get()
    }
}
