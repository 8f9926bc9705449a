import FoundationEssentials
import Glibc
import Telemetry
import TestSupport
import Testing

@testable import TelemetryOutbox

@Suite struct OutboxTests {
    private static func sequences(_ outbox: Outbox) throws -> [Int64] {
        try outbox.batch(records: .max, bytes: .max)?.lines.map { try ReceivedRecord(line: $0).key.sequence } ?? []
    }

    @Test func `records are handed out in their order, in batches of a size, until they are removed`() throws {
        let folder = try TemporaryFolder("outbox")
        let outbox = try Outbox(folder: folder.path)
        #expect(try outbox.batch(records: 10, bytes: 1000) == nil)
        #expect(try outbox.take((1...5).map(OutboxExamples.record)) == [])
        let batch = try #require(try outbox.batch(records: 2, bytes: .max))
        #expect(batch.lines == (try (1...2).map { try OutboxExamples.record($0).line }))
        #expect(try outbox.batch(records: 2, bytes: .max) == batch)
        let size = batch.lines[0].count
        #expect(try outbox.batch(records: 9, bytes: 3 * size)?.lines.count == 3)
        #expect(try outbox.batch(records: 9, bytes: 1)?.lines.count == 1)
        try outbox.remove(batch)
        #expect(try Self.sequences(outbox) == [3, 4, 5])
        #expect(outbox.contents.records == 3)
        #expect(outbox.contents.kept == 3 * OutboxRoom.size(ofLine: size))
    }

    @Test func `what is there is not taken twice`() throws {
        let folder = try TemporaryFolder("outbox")
        let outbox = try Outbox(folder: folder.path)
        _ = try outbox.take((1...3).map(OutboxExamples.record))
        let contents = outbox.contents
        _ = try outbox.take((2...4).map(OutboxExamples.record))
        #expect(try Self.sequences(outbox) == [1, 2, 3, 4])
        #expect(outbox.contents.records == contents.records + 1)
    }

    @Test func `samples make way, the oldest first; what is never given up is refused when it doesn't fit`() throws {
        let folder = try TemporaryFolder("outbox")
        let size = OutboxRoom.size(ofLine: try OutboxExamples.record(10).line.count)
        // Room for ten records, and samples are a little larger.
        let outbox = try Outbox(folder: folder.path, limit: 10 * size + size / 2)
        _ = try outbox.take((10...13).map(OutboxExamples.record))
        _ = try outbox.take((20...23).map(OutboxExamples.sample))
        #expect(try outbox.take((14...17).map(OutboxExamples.record)).map(\.sequence) == [20, 21])
        #expect(try Self.sequences(outbox) == [10, 11, 12, 13, 22, 23, 14, 15, 16, 17])
        // New samples take the place of older ones.
        #expect(try outbox.take([OutboxExamples.sample(24)]).map(\.sequence) == [22])
        #expect(try outbox.take((18...19).map(OutboxExamples.record)).map(\.sequence) == [23, 24])
        let error = #expect(throws: OutboxError.self) { try outbox.take([OutboxExamples.record(30)]) }
        #expect(error?.code == .full)
        #expect(error?.description.contains("raise telemetry.limit") == true)
        #expect(try Self.sequences(outbox) == Array(10...19))
        try outbox.remove(try #require(try outbox.batch(records: 1, bytes: .max)))
        #expect(try outbox.take([OutboxExamples.record(30)]) == [])
        let contents = outbox.contents
        outbox.close()
        #expect(try Outbox(folder: folder.path, limit: contents.limit).contents == contents)
    }

    @Test func `a record that nobody will ever take is set aside alone`() throws {
        let folder = try TemporaryFolder("outbox")
        let outbox = try Outbox(folder: folder.path)
        _ = try outbox.take((1...3).map(OutboxExamples.record))
        let batch = try #require(try outbox.batch(records: 9, bytes: .max))
        try outbox.setAside(batch.lines[1], of: batch, because: "at: lies in the future")
        #expect(try Self.sequences(outbox) == [1, 3])
        #expect(outbox.contents.records == 2)
    }

    @Test func `a second process is told that the outbox is in use`() throws {
        let folder = try TemporaryFolder("outbox")
        let outbox = try Outbox(folder: folder.path)
        _ = try outbox.take([OutboxExamples.record(1)])
        let error = #expect(throws: OutboxError.self) { try Outbox(folder: folder.path) }
        #expect(error?.code == .inUse)
        #expect(try Self.sequences(outbox) == [1])
    }

    @Test func `a later version's outbox is left as it is`() throws {
        let folder = try TemporaryFolder("outbox")
        let outbox = try Outbox(folder: folder.path)
        _ = try outbox.take([OutboxExamples.record(1)])
        outbox.close()
        // SQLite's header has user_version at byte 60.
        let path = "\(folder.path)/outbox.sqlite"
        var bytes = try folder.contents(of: "outbox.sqlite")
        bytes[63] = 2
        try Data(bytes).write(to: URL(filePath: path))
        let error = #expect(throws: OutboxError.self) { try Outbox(folder: folder.path) }
        #expect(error?.code == .laterVersion)
        #expect(try folder.contents(of: "outbox.sqlite") == bytes)
    }

    /// A file of which a part is overwritten, is cut off, or that is no database at all.
    @Test(arguments: ["page", "cut", "noise", "empty"])
    func `a damaged file is kept, what can be read of it is saved, and it is told`(damage: String) throws {
        let folder = try TemporaryFolder("outbox")
        let outbox = try Outbox(folder: folder.path)
        for first in stride(from: Int64(1), to: 2000, by: 100) {
            _ = try outbox.take((first..<first + 100).map(OutboxExamples.record))
        }
        outbox.close()
        var bytes = try folder.contents(of: "outbox.sqlite")
        try #require(bytes.count > 40 * 4096)
        switch damage {
        // A page in the midst of the table.
        case "page":
            for place in bytes.count / 2 / 4096 * 4096..<bytes.count / 2 / 4096 * 4096 + 4096 { bytes[place] = 0x5a }
        case "cut": bytes.removeLast(bytes.count / 3)
        case "noise": bytes = (0..<bytes.count).map { _ in UInt8.random(in: .min ... .max) }
        default: bytes = []
        }
        try Data(bytes).write(to: URL(filePath: "\(folder.path)/outbox.sqlite"))

        let again = try Outbox(folder: folder.path)
        let there = try Self.sequences(again)
        #expect(there == Set(there).sorted())
        let news = again.news()
        if damage == "empty" {
            // To SQLite an empty file is a new database; the chain tells that records are missing.
            #expect(there == [] && news == [])
        } else {
            #expect(news.count == 1)
            #expect(news.first?.contains("was damaged") == true)
            #expect(news.first?.contains(" \(there.count) records were saved") == true)
            #expect(damage == "noise" || there.count > 1000, "\(there.count)")
            #expect(try folder.contents(of: "outbox.sqlite.damaged-1") == bytes)
        }
        _ = try again.take([OutboxExamples.record(9999)])
        #expect(try Self.sequences(again).last == 9999)
    }

    /// One bit changed within a record, which SQLite has no means to see.
    @Test func `a record that isn't what was taken is not handed out`() throws {
        let folder = try TemporaryFolder("outbox")
        let outbox = try Outbox(folder: folder.path)
        _ = try outbox.take((1...20).map(OutboxExamples.record))
        outbox.close()
        var bytes = try folder.contents(of: "outbox.sqlite")
        let text = Array(#""text":"line 7""#.utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: text) })
        bytes[place + 9] ^= 1
        try Data(bytes).write(to: URL(filePath: "\(folder.path)/outbox.sqlite"))
        let again = try Outbox(folder: folder.path)
        #expect(try Self.sequences(again) == (1...20).filter { $0 != 7 })
        #expect(again.news().first?.contains("19 records were saved") == true)
    }
}
