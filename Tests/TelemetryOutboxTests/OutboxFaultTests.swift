import FaultyVFS
import Telemetry
import TestSupport
import Testing

@testable import TelemetryOutbox

/// On a disk of which any call may fail.
@Suite struct OutboxFaultTests {
    private static let isInstalled = faulty_vfs_install() == 0

    private static func outbox(_ folder: TemporaryFolder) throws -> Outbox {
        try Outbox(folder: folder.path, limit: 1 << 20, vfs: "faulty", ballast: 4096)
    }

    private static func sequences(_ outbox: Outbox) throws -> [Int64] {
        try outbox.batch(records: .max, bytes: .max)?.lines.map { try ReceivedRecord(line: $0).key.sequence } ?? []
    }

    enum Fault: CaseIterable {
        case once
        case lasting
        case fullOnce
        case fullLasting
    }

    /// One after another, every call of opening, taking twenty records and removing three of five fails.
    @Test(arguments: Fault.allCases)
    func `whichever call fails, what was taken is there afterwards, once`(fault: Fault) throws {
        try #require(Self.isInstalled)
        var failing: Int32 = 0
        var (calls, failures) = (Int32.max, 0)
        // Until there are fewer calls than the one that is to fail.
        while calls >= failing {
            failing += 1
            let folder = try TemporaryFolder("outbox-fault")
            let before = try Self.outbox(folder)
            _ = try before.take((1...5).map(OutboxExamples.record))
            before.close()

            faulty_vfs_arm(
                failing, fault == .lasting || fault == .fullLasting ? 1 : 0,
                fault == .fullOnce || fault == .fullLasting ? 1 : 0)
            var (isTaken, received, isRemoved) = (false, [Int64](), false)
            do {
                let outbox = try Self.outbox(folder)
                defer { outbox.close() }
                do {
                    _ = try outbox.take((6...25).map(OutboxExamples.record))
                    isTaken = true
                } catch { failures += 1 }
                do {
                    if let batch = try outbox.batch(records: 3, bytes: .max) {
                        received = try batch.lines.map { try ReceivedRecord(line: $0).key.sequence }
                        try outbox.remove(batch)
                        isRemoved = true
                    }
                } catch { failures += 1 }
            } catch { failures += 1 }
            calls = faulty_vfs_calls()
            faulty_vfs_arm(0, 0, 0)

            let after = try Self.outbox(folder)
            defer { after.close() }
            let there = try Self.sequences(after)
            #expect(there == Set(there).sorted(), "call \(failing)")
            let all = Set(there)
            let wanted = Set(1...5).union(isTaken ? Set(6...25) : []).subtracting(received)
            #expect(all.isSuperset(of: wanted), "call \(failing): lost \(wanted.subtracting(all).sorted())")
            #expect(!isRemoved || all.isDisjoint(with: received), "call \(failing)")
            // What wasn't taken is there as a whole, or not at all, and is taken once if it is handed over again.
            let others = all.intersection(6...25)
            #expect(isTaken || others.isEmpty || others.count == 20, "call \(failing): \(others.sorted())")
            _ = try after.take((6...25).map(OutboxExamples.record))
            #expect(Set(try Self.sequences(after)).isSuperset(of: 6...25))
            #expect(after.news() == [], "call \(failing)")
        }
        #expect(failing > 20 && failures > 10, "\(failing) calls, \(failures) failures")
    }
}
