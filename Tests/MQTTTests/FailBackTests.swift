import Testing

@testable import MQTT

@Suite struct FailBackTests {
    private struct NoWait: Error {}

    private let second: Int64 = 1_000_000_000

    /// Answers the questions of a machine that is on the broker `index`, until it moves or `end` has come; returns the
    /// instant of the move and where it goes.
    private func run(
        _ machine: inout FailBack, on index: Int, from start: Int64, to end: Int64,
        answers: (_ asked: Int, _ now: Int64) -> Bool
    ) -> (at: Int64, to: Int)? {
        var now = start
        var action = machine.handle(.connected(index), at: now)
        while now < end {
            switch action {
            case .wait(let until):
                now = until
                action = machine.handle(.due, at: now)
            case .probe(let asked): action = machine.handle(answers(asked, now) ? .answered : .silent, at: now)
            case .move(let target): return (now, target)
            case .none: return nil
            }
        }
        return nil
    }

    @Test func `on the first broker nothing is asked`() {
        var machine = FailBack(seed: 1)
        let action1 = machine.handle(.connected(0), at: 0)
        #expect(action1 == .none)
        let action2 = machine.handle(.due, at: 60 * second)
        #expect(action2 == .none)
    }

    @Test func `on a later one all before it are asked in turn, after a pause of 1.5 to 3 s`() throws {
        var machine = FailBack(seed: 2)
        guard case .wait(let until) = machine.handle(.connected(2), at: 0) else { throw NoWait() }
        #expect((3 * second / 2...3 * second).contains(until))
        let action1 = machine.handle(.due, at: until - 1)
        #expect(action1 == .wait(until: until))
        let action2 = machine.handle(.due, at: until)
        #expect(action2 == .probe(0))
        let action3 = machine.handle(.silent, at: until)
        #expect(action3 == .probe(1))
        guard case .wait = machine.handle(.silent, at: until) else { throw NoWait() }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a broker that answers for 10 s is gone back to within 3 s more`(seed: UInt64) throws {
        var machine = FailBack(seed: seed)
        let move = try #require(run(&machine, on: 1, from: 0, to: 60 * second) { _, now in now >= 20 * second })
        #expect((30 * second...36 * second).contains(move.at))
        #expect(move.to == 0)
    }

    @Test func `nodes go back at instants apart`() throws {
        var instants: Set<Int64> = []
        for seed in 0..<20 as Range<UInt64> {
            var machine = FailBack(seed: seed)
            instants.insert(try #require(run(&machine, on: 1, from: 0, to: 60 * second) { _, _ in true }).at)
        }
        #expect(instants.count == 20)
    }

    @Test func `one silence begins the hold anew`() throws {
        var machine = FailBack(seed: 3)
        let move = try #require(
            run(&machine, on: 1, from: 0, to: 60 * second) { _, now in !(8 * second...12 * second).contains(now) })
        #expect(move.at >= 22 * second)
    }

    @Test func `of two that answer the first is gone to, of one that doesn't the next`() throws {
        var machine = FailBack(seed: 4)
        let best = try #require(run(&machine, on: 2, from: 0, to: 60 * second) { _, _ in true })
        #expect(best.to == 0)
        machine = FailBack(seed: 4)
        let other = try #require(run(&machine, on: 2, from: 0, to: 60 * second) { asked, _ in asked == 1 })
        #expect(other.to == 1)
    }

    @Test func `a broker lost soon after going back must answer twice as long, up to 5 min; a lasting one 10 s again`()
        throws
    {
        var machine = FailBack(seed: 5)
        var now: Int64 = 0
        var holds: [Int64] = []
        for _ in 0..<7 {
            let start = now
            let move = try #require(run(&machine, on: 1, from: start, to: start + 400 * second) { _, _ in true })
            holds.append((move.at - start) / second)
            _ = machine.handle(.connected(0), at: move.at)
            _ = machine.handle(.lost, at: move.at + 5 * second)
            now = move.at + 6 * second
        }
        for (hold, least) in zip(holds, [10, 20, 40, 80, 160, 300, 300] as [Int64]) {
            #expect((least...least + 6).contains(hold))
        }
        let move = try #require(run(&machine, on: 1, from: now, to: now + 400 * second) { _, _ in true })
        _ = machine.handle(.connected(0), at: move.at)
        _ = machine.handle(.lost, at: move.at + 61 * second)
        let start = move.at + 62 * second
        let last = try #require(run(&machine, on: 1, from: start, to: start + 60 * second) { _, _ in true })
        #expect(last.at - start <= 16 * second)
    }

    @Test func `while somebody is missing here, 20 s of answers are enough, however often the broker was lost`() throws
    {
        for isLonely in [true, false] {
            var machine = FailBack(seed: 7)
            machine.isLonely = isLonely
            var now: Int64 = 0
            var waited: Int64 = 0
            for _ in 0..<5 {
                let move = try #require(run(&machine, on: 1, from: now, to: now + 400 * second) { _, _ in true })
                waited = move.at - now
                _ = machine.handle(.connected(0), at: move.at)
                _ = machine.handle(.lost, at: move.at + 5 * second)
                now = move.at + 6 * second
            }
            let wanted = isLonely ? 20 * second...26 * second : 160 * second...166 * second
            #expect(wanted.contains(waited))
        }
    }

    @Test func `a move that ends on the old broker counts as a loss`() throws {
        var machine = FailBack(seed: 6)
        let move = try #require(run(&machine, on: 1, from: 0, to: 60 * second) { _, _ in true })
        let again = try #require(run(&machine, on: 1, from: move.at, to: 120 * second) { _, _ in true })
        #expect(again.at - move.at >= 20 * second)
    }
}
