internal import Glibc
internal import SQLite
internal import Synchronization
public import Telemetry

/// Records that wait to be sent, on disk: what was taken is there after a crash, a kill and a loss of power, and goes when
/// the receiver has said that it has it.
///
/// All methods block for the disk, and may be called from any thread.
public final class Outbox: Sendable {
    /// The size that it may have by default: 64 MiB, some 200,000 records.
    public static let defaultLimit = 64 << 20

    private let state: Mutex<State>

    /// The outbox in a folder, which is made where there is none.
    ///
    /// - Parameters:
    ///   - limit: the bytes of records that it may hold; the folder may come to hold half as much again.
    /// - Throws: ``OutboxError``.
    public convenience init(folder: String, limit: Int = Outbox.defaultLimit) throws(OutboxError) {
        try self.init(folder: folder, limit: limit, vfs: nil)
    }

    /// - Parameter vfs: how SQLite reaches the file system; nil: as usual.
    init(folder: String, limit: Int, vfs: String?, ballast: Int = 4 << 20) throws(OutboxError) {
        mkdir(folder, 0o700)
        state = Mutex(
            State(
                file: OutboxFile(path: "\(folder)/outbox.sqlite", vfs: vfs),
                ballast: Ballast(path: "\(folder)/outbox.ballast", size: ballast), limit: limit))
        _ = try perform { (state) throws(SQLiteError) in state.room }
    }

    /// Closes it; the next call opens it again.
    public func close() { state.withLock { $0.close() } }

    /// Takes records: all are durable when this returns, or none is taken. One that is there already isn't taken twice.
    ///
    /// - Returns: the samples that were given up for them.
    /// - Throws: ``OutboxError``; `full` where there is no room for what is never given up.
    public func take(_ records: [ReceivedRecord]) throws(OutboxError) -> [RecordKey] {
        let givenUp = try perform { (state) throws(SQLiteError) in try state.take(records) }
        guard let givenUp else {
            throw OutboxError(
                .full,
                "the outbox holds \(contents.kept) of \(contents.limit) bytes of records that are never given up; nothing "
                    + "more is taken until the backend has taken some: see to the way to it, or raise telemetry.limit")
        }
        return givenUp
    }

    /// The oldest records, at most so many and of so many bytes, but one at least; nil where there are none.
    ///
    /// - Throws: ``OutboxError``.
    public func batch(records: Int, bytes: Int) throws(OutboxError) -> OutboxBatch? {
        try perform { (state) throws(SQLiteError) in try state.batch(records: records, bytes: bytes) }
    }

    /// Removes what its receiver has said that it has.
    ///
    /// - Throws: ``OutboxError``; they are sent again then, and the receiver knows them by their keys.
    public func remove(_ batch: OutboxBatch) throws(OutboxError) {
        try perform(freeing: true) { (state) throws(SQLiteError) in try state.remove(batch.range) }
    }

    /// Takes one record of a batch out of the way, which its receiver will never take. The last thousand such are kept.
    ///
    /// - Throws: ``OutboxError``.
    public func setAside(_ line: [UInt8], of batch: OutboxBatch, because reason: String) throws(OutboxError) {
        try perform(freeing: true) { (state) throws(SQLiteError) in try state.setAside(line, batch.range, reason) }
    }

    /// The number and size of the records that it holds.
    public var contents: OutboxContents {
        state.withLock {
            OutboxContents(
                records: $0.count, kept: $0.room.kept, samples: $0.room.samples, limit: $0.room.limit)
        }
    }

    /// Returns what it found and did by itself since the last call: sentences for a log.
    public func news() -> [String] {
        state.withLock { state in
            defer { state.news = [] }
            return state.news
        }
    }

    /// Does something with the file open. Where the disk is full, what frees room is tried again without the ballast; where
    /// the file is damaged, all is, with a new one and what could be read of the old.
    private func perform<Result: Sendable>(
        freeing: Bool = false, _ body: (inout State) throws(SQLiteError) -> Result
    ) throws(OutboxError) -> Result {
        try state.withLock { (state) throws(OutboxError) in
            var tries = 0
            while true {
                do throws(SQLiteError) {
                    try state.open()
                    let result = try body(&state)
                    state.ballast.place()
                    return result
                } catch {
                    tries += 1
                    // What was being done is undone, or is found done when the file is opened anew.
                    state.close()
                    if error.isFull, freeing, tries == 1, state.ballast.drop() { continue }
                    guard error.isDamage, tries == 1 else { throw OutboxError(error, path: state.file.path) }
                    do throws(SQLiteError) {
                        try state.replaceDamaged(because: error)
                    } catch {
                        throw OutboxError(error, path: state.file.path)
                    }
                }
            }
        }
    }
}

extension OutboxError {
    init(_ error: SQLiteError, path: String) {
        if error.code == OutboxFile.laterVersion {
            self.init(
                .laterVersion, "\(path) was written by a later version: \(error.message); update, or move it away")
        } else if error.isBusy {
            self.init(
                .inUse, "\(path) is in use by another process: give each fleet agent a telemetry.outbox of its own")
        } else {
            self.init(.disk, "\(path): \(error); what is there already is safe, nothing more is taken until it works")
        }
    }
}
