import Glibc
import MQTT
import Mesh
import Processes
import TestSupport
import Testing

@Suite("Agents that list two brokers end up on one", .serialized)
struct SeveralBrokersTests {
    private func withTwoBrokers(
        _ body: @Sendable (_ stairs: Staircase, _ second: LocalBroker) async throws -> Void
    ) async throws {
        try await TestBroker.with { second in
            var plan = StaircasePlan()
            plan.bars = 4
            plan.hold = "5s"
            plan.laterBrokers = [second.address]
            try await Staircase.with(plan) { try await body($0, second) }
        }
    }

    /// The nodes that a broker has online. Where a broker began without memory, that is by their own word since.
    private func online(_ stairs: Staircase, at broker: BrokerAddress) async throws -> Set<String> {
        let retained = try await Retained.read(broker, site: stairs.plan.site)
        return Set(
            stairs.plan.nodes.filter { node in
                guard let text = retained["node/\(node)/status"] else { return false }
                return (try? JSON.decode(NodeStatus.self, from: Array(text.utf8)))?.state == .online
            })
    }

    private func all(
        _ stairs: Staircase, at broker: LocalBroker, none other: LocalBroker?, within limit: Duration
    ) async throws {
        let deadline = MonotonicClock.now + limit.components.seconds * 1_000_000_000
        var seen: Set<String> = []
        var elsewhere: Set<String> = []
        while MonotonicClock.now < deadline {
            seen = try await online(stairs, at: broker.address)
            elsewhere = []
            if let other { elsewhere = try await online(stairs, at: other.address) }
            if seen.count == stairs.plan.nodes.count, elsewhere.isEmpty { return }
            try await stairs.sleep(until: MonotonicClock.now + 200_000_000)
        }
        throw TestFailure("here \(seen.sorted()), elsewhere \(elsewhere.sorted()); the agents wrote:\n\(stairs.logs)")
    }

    /// A motion at the bottom lights every bar.
    private func lightsAll(_ stairs: Staircase) async throws {
        for node in stairs.plan.stairs {
            try await stairs.frames(of: node, within: .seconds(20), "dark before") { $0.last?.isDark ?? true }
        }
        try stairs.agent("stair-01").signal(SIGUSR1)
        for node in stairs.plan.stairs { try await stairs.full(node) }
    }

    @Test(
        "The first restarts three times within a tenth of a second: all are on it within 60 s, and a motion lights all")
    func shortRestarts() async throws {
        try await withTwoBrokers { stairs, second in
            for _ in 0..<3 {
                try await onThread { try stairs.broker.restart(wipingMemory: true) }
                // The next comes in the midst of reconnecting.
                try await stairs.sleep(until: MonotonicClock.now + 150_000_000)
            }
            try await self.all(stairs, at: stairs.broker, none: second, within: .seconds(60))
            try await self.lightsAll(stairs)
        }
    }

    @Test("The first is away: all are on the second and a motion lights all; it comes back: all are on the first")
    func awayAndBack() async throws {
        try await withTwoBrokers { stairs, second in
            try await onThread { try stairs.broker.kill() }
            try await self.all(stairs, at: second, none: nil, within: .seconds(30))
            try await self.lightsAll(stairs)
            try await onThread { try stairs.broker.restart(wipingMemory: true) }
            try await self.all(stairs, at: stairs.broker, none: second, within: .seconds(60))
            try await self.lightsAll(stairs)
        }
    }
}
