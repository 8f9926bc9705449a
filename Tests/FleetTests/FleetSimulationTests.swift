import Glibc
import Simulation
import Testing

/// Fleets of real cores, from seeds. SEEDS=1000 in the environment lives through as many; SEED=17 tells its story.
@Suite struct FleetSimulationTests {
    private static var seeds: ClosedRange<UInt64> {
        if let text = getenv("SEED").map({ String(cString: $0) }), let seed = UInt64(text) { return seed...seed }
        let count = getenv("SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 40
        return 1...max(1, count)
    }

    @Test(arguments: [0, 0.05, 0.2])
    func `where no node fails none is replaced, nor asked for anything, whatever the network does`(loss: Double) {
        for seed in UInt64(1)...8 {
            let outcome = FleetSimulation.run(FleetScenario(seed: seed, theme: .network, loss: loss))
            #expect(outcome.violation == nil && outcome.replacements == 0, "seed \(seed)")
        }
    }

    @Test
    func `leaders killed at random moments of replacements and refreshes: all ends right, and nothing is done twice`()
        async
    {
        let outcomes = await withTaskGroup(of: FleetSimulation.Outcome.self) { group in
            for seed in UInt64(1)...16 {
                group.addTask { FleetSimulation.run(FleetScenario(seed: seed, theme: .leaderKills, loss: 0.01)) }
            }
            return await group.reduce(into: [FleetSimulation.Outcome]()) { $0.append($1) }
        }
        for outcome in outcomes.sorted(by: { $0.seed < $1.seed }) {
            #expect(outcome.violation == nil, "seed \(outcome.seed)")
            #expect(outcome.killsEndedRight == outcome.killsAmid, "seed \(outcome.seed)")
        }
        let kills = outcomes.map(\.killsAmid).reduce(0, +)
        #expect(kills >= 50)
        print("\(kills) leaders killed, \(outcomes.map(\.killsEndedRight).reduce(0, +)) times all ended right")
    }

    @Test
    func `a bridge between two brokers breaks: afterwards every place that a node can fill is filled within a minute`()
        async
    {
        let outcomes = await withTaskGroup(of: FleetSimulation.Outcome.self) { group in
            for seed in FleetSimulationTests.seeds {
                group.addTask { FleetSimulation.run(FleetScenario(seed: seed, theme: .bridge)) }
            }
            return await group.reduce(into: [FleetSimulation.Outcome]()) { $0.append($1) }
        }
        for outcome in outcomes.sorted(by: { $0.seed < $1.seed }) where outcome.violation != nil {
            Issue.record("seed \(outcome.seed): \(outcome.violation ?? ""); SEED=\(outcome.seed) tells its story")
        }
        let replaced = outcomes.map(\.replacements).reduce(0, +)
        let checks = outcomes.map(\.coverChecks).reduce(0, +)
        print("\(outcomes.count) bridges: \(replaced) steps of replacement, places looked at \(checks) times")
        if outcomes.count == 1 {
            print(FleetSimulation.story(FleetScenario(seed: outcomes[0].seed, theme: .bridge), lineCount: 2000))
        } else {
            #expect(replaced > outcomes.count / 4 && checks > outcomes.count)
        }
    }

    @Test func `no node is replaced that hasn't failed, and all that is begun ends, whatever the seed has in store`()
        async
    {
        let violated = await withTaskGroup(of: FleetSimulation.Outcome.self) { group in
            for seed in FleetSimulationTests.seeds {
                group.addTask { FleetSimulation.run(FleetScenario(seed: seed)) }
            }
            return await group.reduce(into: [FleetSimulation.Outcome]()) { if $1.violation != nil { $0.append($1) } }
        }
        for outcome in violated.sorted(by: { $0.seed < $1.seed }) {
            Issue.record("seed \(outcome.seed): \(outcome.violation ?? ""); SEED=\(outcome.seed) tells its story")
        }
        if FleetSimulationTests.seeds.count == 1 {
            print(FleetSimulation.story(FleetScenario(seed: FleetSimulationTests.seeds.lowerBound)))
        }
    }
}
