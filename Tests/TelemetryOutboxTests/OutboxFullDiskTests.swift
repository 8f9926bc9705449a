import FoundationEssentials
import Glibc
import Telemetry
import TestSupport
import Testing

@testable import TelemetryOutbox

/// A disk of eight megabytes.
private enum SmallDisk {
    static func mount(at path: String) -> Bool { Glibc.mount("tmpfs", path, "tmpfs", 0, "size=8m") == 0 }

    static let isPossible: Bool = {
        guard geteuid() == 0, let folder = try? TemporaryFolder("outbox-try"), mount(at: folder.path) else {
            return false
        }
        return umount2(folder.path, Int32(MNT_DETACH)) == 0
    }()
}

/// On a disk that is full but for what the outbox has.
@Suite(.enabled(if: SmallDisk.isPossible, "needs to mount a tmpfs: root")) struct OutboxFullDiskTests {
    @Test func `a full disk refuses, and an outbox on it can be emptied, even after a kill`() throws {
        let folder = try TemporaryFolder("outbox-disk")
        try #require(SmallDisk.mount(at: folder.path))
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        func outbox() throws -> Outbox {
            try Outbox(folder: "\(folder.path)/state", limit: 64 << 20, vfs: nil, ballast: 2 << 20)
        }
        func sequences(_ outbox: Outbox) throws -> [Int64] {
            try outbox.batch(records: .max, bytes: .max)?.lines.map { try ReceivedRecord(line: $0).key.sequence } ?? []
        }
        var first = try outbox()
        var taken: [Int64] = []
        var refusal: OutboxError?
        for start in stride(from: Int64(1), to: 100_000, by: 200) where refusal == nil {
            do {
                _ = try first.take((start..<start + 200).map(OutboxExamples.record))
                taken += start..<start + 200
            } catch let error as OutboxError { refusal = error }
        }
        #expect(refusal?.code == .disk)
        #expect(refusal?.description.contains("full") == true, "\(refusal?.description ?? "")")
        #expect(taken.count > 2000)
        #expect(try sequences(first) == taken)

        // Now there is not a byte left, and the process is killed: its file is never closed.
        let filler = open("\(folder.path)/filler", O_WRONLY | O_CREAT, 0o600)
        let block = [UInt8](repeating: 1, count: 512)
        while write(filler, block, block.count) > 0 {}
        close(filler)
        let copy = try TemporaryFolder("outbox-copy")
        for name in ["outbox.sqlite", "outbox.sqlite-wal"] {
            let bytes = FileManager.default.contents(atPath: "\(folder.path)/state/\(name)")
            try #require(bytes).write(to: URL(filePath: "\(copy.path)/\(name)"))
        }
        first.close()
        first = try outbox()
        #expect(try sequences(first) == taken)
        while let batch = try first.batch(records: 500, bytes: .max) { try first.remove(batch) }
        #expect(first.contents.records == 0)
        #expect(first.news() == [])
        first.close()
        // What the killed process left is all there too.
        let left = try Outbox(folder: copy.path)
        #expect(try sequences(left) == taken)
    }
}
