import Glibc
import Processes
import Telemetry
import TelemetryOutbox
import TestSupport
import Testing

/// What a process said of an outbox before it was killed, and what must therefore be in it.
private struct OutboxModel {
    /// Must be there.
    var waiting: Set<Int64> = []
    /// May be there: the receiver has them, and nobody knows whether they were removed.
    var received: Set<Int64> = []
    var next: Int64 = 1

    /// Takes up a life, and checks what the outbox holds after it.
    ///
    /// - Returns: what doesn't hold; nil: all does.
    mutating func check(said: String, holds: [Int64]) -> String? {
        var beginning: ClosedRange<Int64>?
        var batch: [Int64] = []
        // A line that was cut was not said.
        for line in said.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let words = line.split(separator: " ")
            let numbers = words.dropFirst().compactMap { Int64($0) }
            switch words.first {
            case "begin":
                beginning = numbers[0]...numbers[1]
                next = numbers[1] + 1
            case "taken":
                waiting.formUnion(numbers[0]...numbers[1])
                beginning = nil
            case "received":
                waiting.subtract(numbers)
                received.formUnion(numbers)
                batch = numbers
            case "removed": received.subtract(batch)
            default: return "it said \"\(line)\""
            }
        }
        let there = Set(holds)
        if there.count < holds.count { return "something is there twice: \(holds)" }
        if holds != holds.sorted() { return "the order is another: \(holds)" }
        if !there.isSuperset(of: waiting) { return "lost: \(waiting.subtracting(there).sorted())" }
        var rest = there.subtracting(waiting).subtracting(received)
        // What was being taken is there as a whole, or not at all.
        if let beginning, rest == Set(beginning) { rest = [] }
        if !rest.isEmpty { return "nobody took \(rest.sorted()), or not all of it" }
        waiting = there.subtracting(received)
        received.formIntersection(there)
        return nil
    }
}

@Suite struct OutboxKillTests {
    /// How many lives each outbox has: `make outbox-kills` has more.
    private static let lives = getenv("FOOTLIGHT_OUTBOX_LIVES").flatMap { Int(String(cString: $0)) } ?? 50

    /// Four outboxes, each with fifty lives that end by SIGKILL, each at another moment.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `what was taken is there after kill -9, once, and nothing else`(seed: UInt64) async throws {
        let folder = try TemporaryFolder("outbox")
        let program = try Programs.path("outbox-child")
        var model = OutboxModel()
        var generator = SystemRandomNumberGenerator()
        var taken = 0
        for life in 0..<Self.lives {
            let (next, wait) = (model.next, useconds_t.random(in: 0...8000, using: &generator))
            let said = try await onThread {
                let child = try ChildProcess(program, [folder.path, "\(next)", "\(seed * 1000 + UInt64(life))"])
                try child.waitForOutput("begin", "received", within: .seconds(60))
                // However slow the disk is, every other life has something to lose.
                if life % 2 == 1 { try child.waitForOutput("taken", within: .seconds(60)) }
                usleep(wait)
                child.signal(SIGKILL)
                try child.waitForEnd()
                return child.output
            }
            let holds = try await onThread {
                let outbox = try Outbox(folder: folder.path)
                defer { outbox.close() }
                #expect(outbox.news() == [])
                let lines = try outbox.batch(records: .max, bytes: .max)?.lines ?? []
                return try lines.map { try ReceivedRecord(line: $0).key.sequence }
            }
            let fault = model.check(said: said, holds: holds)
            try #require(fault == nil, "life \(life), killed after \(wait) µs: \(said)")
            taken += said.split(separator: "\n").count { $0.hasPrefix("taken") }
        }
        #expect(taken >= Self.lives / 2, "half of the lives were to take something")
    }
}
