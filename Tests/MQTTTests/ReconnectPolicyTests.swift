import MQTT
import Testing

@Suite struct ReconnectPolicyTests {
    private struct NoWait: Error {}

    private let second: Int64 = 1_000_000_000

    @Test func `tries the addresses in turn, pauses after a round, and goes on`() throws {
        var policy = ReconnectPolicy(addressCount: 2, seed: 1)
        let action1 = policy.handle(.start, at: 0)
        #expect(action1 == .connect(0))
        let action2 = policy.handle(.failed, at: 1)
        #expect(action2 == .connect(1))
        guard case .wait(let until) = policy.handle(.failed, at: 2) else { throw NoWait() }
        #expect((100_000_002...200_000_002).contains(until))
        let action3 = policy.handle(.due, at: until - 1)
        #expect(action3 == .wait(until: until))
        let action4 = policy.handle(.due, at: until)
        #expect(action4 == .connect(0))
        let action5 = policy.handle(.connected, at: until + 5)
        #expect(action5 == .none)
    }

    @Test func `comes back to the same address first after a loss, within 200 ms`() throws {
        var policy = ReconnectPolicy(addressCount: 3, seed: 2)
        _ = policy.handle(.start, at: 0)
        _ = policy.handle(.failed, at: 0)
        _ = policy.handle(.connected, at: 0)
        guard case .wait(let until) = policy.handle(.lost, at: 60 * second) else { throw NoWait() }
        #expect(until <= 60 * second + 200_000_000)
        let action6 = policy.handle(.due, at: until)
        #expect(action6 == .connect(1))
        let action7 = policy.handle(.failed, at: until)
        #expect(action7 == .connect(2))
        let action8 = policy.handle(.failed, at: until)
        #expect(action8 == .connect(0))
    }

    @Test func `given up for another address, it tries that at once, then those after it`() {
        var policy = ReconnectPolicy(addressCount: 2, seed: 9)
        _ = policy.handle(.start, at: 0)
        _ = policy.handle(.failed, at: 0)
        _ = policy.handle(.connected, at: 0)
        let action1 = policy.handle(.moving(to: 0), at: 20 * second)
        #expect(action1 == .connect(0))
        let action2 = policy.handle(.failed, at: 20 * second)
        #expect(action2 == .connect(1))
    }

    @Test func `never waits longer than 10 s, nor longer than a third of the outage and a little`() throws {
        var policy = ReconnectPolicy(addressCount: 1, seed: 3)
        var now: Int64 = 0
        var action = policy.handle(.start, at: now)
        for _ in 0..<200 {
            #expect(action == .connect(0))
            guard case .wait(let until) = policy.handle(.failed, at: now) else { throw NoWait() }
            let wait = until - now
            #expect(wait > 0 && wait <= 10 * second)
            // The waits so far are at least half of what they would be without jitter.
            #expect(wait <= 200_000_000 + now * 2 / 3)
            now = until
            action = policy.handle(.due, at: now)
        }
        guard case .wait(let until) = policy.handle(.failed, at: now) else { throw NoWait() }
        #expect(until - now >= 5 * second)
    }

    @Test func `a connection that doesn't last doesn't reset the wait, one that lasts does`() throws {
        var policy = ReconnectPolicy(addressCount: 1, seed: 4)
        _ = policy.handle(.start, at: 0)
        var now: Int64 = 0
        var wait: Int64 = 0
        for _ in 0..<30 {
            _ = policy.handle(.connected, at: now)
            guard case .wait(let until) = policy.handle(.lost, at: now + second) else { throw NoWait() }
            wait = until - now - second
            now = until
            _ = policy.handle(.due, at: now)
        }
        #expect(wait >= 5 * second)
        _ = policy.handle(.connected, at: now)
        guard case .wait(let until) = policy.handle(.lost, at: now + 6 * second) else { throw NoWait() }
        #expect(until - now - 6 * second <= 200_000_000)
    }

    @Test func `the same seed gives the same waits, another seed others`() {
        func waits(_ seed: UInt64) -> [ReconnectPolicy.Action] {
            var policy = ReconnectPolicy(addressCount: 1, seed: seed)
            _ = policy.handle(.start, at: 0)
            return (0..<5).map { _ in
                let action = policy.handle(.failed, at: 0)
                _ = policy.handle(.due, at: .max)
                return action
            }
        }
        #expect(waits(7) == waits(7))
        #expect(waits(7) != waits(8))
    }
}
