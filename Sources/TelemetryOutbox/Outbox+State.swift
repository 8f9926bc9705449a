internal import SQLite
internal import Telemetry

extension Outbox {
    /// The open file, and what is known of it.
    struct State {
        /// How many refused records are kept.
        private static let refusedLimit = 1000
        /// A code of our own, which undoes a transaction.
        private static let noRoom: Int32 = -2

        let file: OutboxFile
        let ballast: Ballast
        var room: OutboxRoom
        var count = 0
        var news: [String] = []
        private var database: SQLiteDatabase?

        init(file: OutboxFile, ballast: Ballast, limit: Int) {
            self.file = file
            self.ballast = ballast
            room = OutboxRoom(limit: limit)
        }

        /// Opens the file where it isn't open.
        mutating func open() throws(SQLiteError) {
            guard database == nil else { return }
            let database = try file.open()
            let sums = try database.rows(
                "SELECT sample, count(*), sum(length(line)) FROM entry GROUP BY sample"
            ) { row in (isSample: row.integer(0) == 1, count: Int(row.integer(1)), bytes: Int(row.integer(2))) }
            count = sums.reduce(0) { $0 + $1.count }
            func size(_ isSample: Bool) -> Int {
                sums.filter { $0.isSample == isSample }.reduce(0) { $0 + $1.bytes + $1.count * OutboxRoom.overhead }
            }
            room = OutboxRoom(limit: room.limit, kept: size(false), samples: size(true))
            self.database = database
        }

        mutating func close() {
            database?.close()
            database = nil
        }

        /// Begins a new file with what can be read of a damaged one.
        ///
        /// - Throws: `SQLiteError` where it can't be read for another reason; it stays as it is then.
        mutating func replaceDamaged(because error: SQLiteError) throws(SQLiteError) {
            let records = try file.salvage()
            guard let place = file.setAside() else {
                throw SQLiteError(code: error.code, message: "\(error); it can't be moved out of the way either")
            }
            do throws(SQLiteError) {
                try open()
                let limit = room.limit
                // What was taken once isn't refused for want of room.
                room = OutboxRoom(limit: .max, kept: room.kept, samples: room.samples)
                defer { room = OutboxRoom(limit: limit, kept: room.kept, samples: room.samples) }
                _ = try take(records)
                news.append(
                    "\(file.path) was damaged (\(error)): \(records.count) records were saved from it into a new one; it is "
                        + "kept as \(place). What may be missing shows in footlight-backend verify")
            } catch {
                close()
                news.append(
                    "\(file.path) was damaged, is kept as \(place), and nothing could be saved from it: \(error)")
            }
        }

        /// - Returns: the samples given up; nil: there is no room.
        mutating func take(_ records: [ReceivedRecord]) throws(SQLiteError) -> [RecordKey]? {
            guard let database else { return nil }
            var after = room
            var added = 0
            let givenUp: [RecordKey]
            do throws(SQLiteError) {
                givenUp = try State.insert(records, into: database, &after, &added)
            } catch {
                if error.code == State.noRoom { return nil }
                throw error
            }
            room = after
            count += added
            return givenUp
        }

        private static func insert(
            _ records: [ReceivedRecord], into database: SQLiteDatabase, _ room: inout OutboxRoom, _ added: inout Int
        ) throws(SQLiteError) -> [RecordKey] {
            try database.transaction { () throws(SQLiteError) in
                var (kept, samples) = (0, 0)
                for record in records {
                    let isSample = record.kind == RecordKind.sample.rawValue
                    try database.run(
                        "INSERT OR IGNORE INTO entry (digest, sample, line) VALUES (?, ?, ?)",
                        .bytes(record.digest.bytes), .integer(isSample ? 1 : 0), .bytes(record.line))
                    guard database.changes > 0 else { continue }
                    added += 1
                    let size = OutboxRoom.size(ofLine: record.line.count)
                    if isSample { samples += size } else { kept += size }
                }
                guard let excess = room.take(kept: kept, samples: samples) else {
                    throw SQLiteError(code: State.noRoom, message: "no room")
                }
                return try State.giveUp(excess, of: database, &room, &added)
            }
        }

        /// Deletes the oldest samples until so many bytes are free.
        private static func giveUp(
            _ excess: Int, of database: SQLiteDatabase, _ room: inout OutboxRoom, _ added: inout Int
        ) throws(SQLiteError) -> [RecordKey] {
            guard excess > 0 else { return [] }
            var freed = 0
            let victims = try database.rows("SELECT id, line FROM entry WHERE sample = 1 ORDER BY id") {
                row -> (id: Int64, line: [UInt8])? in
                guard freed < excess else { return nil }
                let line = row.bytes(1)
                freed += OutboxRoom.size(ofLine: line.count)
                return (row.integer(0), line)
            }
            for victim in victims { try database.run("DELETE FROM entry WHERE id = ?", .integer(victim.id)) }
            room.release(kept: 0, samples: freed)
            added -= victims.count
            return victims.compactMap { try? ReceivedRecord(line: $0.line).key }
        }

        func batch(records: Int, bytes: Int) throws(SQLiteError) -> OutboxBatch? {
            guard let database else { return nil }
            var size = 0
            var damaged: Int64?
            let entries = try database.rows(
                "SELECT id, line, digest FROM entry ORDER BY id LIMIT ?", .integer(Int64(max(1, records)))
            ) { row -> (id: Int64, line: [UInt8])? in
                let line = row.bytes(1)
                guard Digest(of: line).bytes == row.bytes(2) else {
                    damaged = row.integer(0)
                    return nil
                }
                guard size == 0 || size + line.count <= bytes else { return nil }
                size += line.count
                return (row.integer(0), line)
            }
            if let damaged { throw .damage("entry \(damaged) isn't what was taken") }
            guard let first = entries.first, let last = entries.last else { return nil }
            return OutboxBatch(range: first.id...last.id, lines: entries.map(\.line))
        }

        mutating func remove(_ range: ClosedRange<Int64>) throws(SQLiteError) {
            guard let database else { return }
            let gone = try database.transaction { () throws(SQLiteError) in
                let gone = try database.rows(
                    "SELECT sample, length(line) FROM entry WHERE id BETWEEN ? AND ?", .integer(range.lowerBound),
                    .integer(range.upperBound)
                ) { row in (isSample: row.integer(0) == 1, size: OutboxRoom.size(ofLine: Int(row.integer(1)))) }
                try database.run(
                    "DELETE FROM entry WHERE id BETWEEN ? AND ?", .integer(range.lowerBound),
                    .integer(range.upperBound))
                return gone
            }
            count -= gone.count
            for entry in gone {
                room.release(kept: entry.isSample ? 0 : entry.size, samples: entry.isSample ? entry.size : 0)
            }
        }

        mutating func setAside(
            _ line: [UInt8], _ range: ClosedRange<Int64>, _ reason: String
        ) throws(SQLiteError) {
            guard let database else { return }
            try database.transaction { () throws(SQLiteError) in
                try database.run(
                    "INSERT INTO refused (line, reason) VALUES (?, ?)", .bytes(line), .text(reason))
                try database.run(
                    "DELETE FROM refused WHERE id <= (SELECT max(id) FROM refused) - ?",
                    .integer(Int64(State.refusedLimit)))
                try database.run(
                    "DELETE FROM entry WHERE id BETWEEN ? AND ? AND line = ?", .integer(range.lowerBound),
                    .integer(range.upperBound), .bytes(line))
            }
            // The sums are read anew.
            close()
        }
    }
}
