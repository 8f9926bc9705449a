import Foundation
import Glibc
import Simulation
import Testing

@Suite("The mesh in a simulator")
struct SimulationTests {
    /// One seed with SEED=…, or a few hundred; SEEDS=… for another number.
    private static var seeds: ClosedRange<UInt64> {
        if let text = getenv("SEED").map({ String(cString: $0) }), let seed = UInt64(text) { return seed...seed }
        let count = getenv("SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 200
        return 1...max(1, count)
    }

    @Test
    func `no invariant is violated, whatever the seed has in store`() async {
        let outcomes: [Simulation.Outcome] = await withTaskGroup(of: Simulation.Outcome.self) { group in
            for seed in SimulationTests.seeds { group.addTask { Simulation.run(seed: seed) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for outcome in outcomes.sorted(by: { $0.seed < $1.seed }) {
            guard let violation = outcome.violation else { continue }
            Issue.record(
                "seed \(outcome.seed): \(violation.invariant.rawValue) \(violation); SEED=\(outcome.seed) tells its story"
            )
        }
        // Whose walks are all excused tests nothing.
        let seeds = SimulationTests.seeds.count
        if seeds >= 100 {
            #expect(outcomes.reduce(0) { $0 + $1.checkedFirstLights } > 2 * seeds)
            #expect(outcomes.reduce(0) { $0 + $1.checkedBars } > 2 * seeds)
        }
        if SimulationTests.seeds.count == 1 { print(Simulation.story(seed: SimulationTests.seeds.lowerBound)) }
    }

    @Test(arguments: [
        392, 435, 471, 662, 749, 865, 1154, 1372, 1560, 1582, 1913, 2226, 2275, 2364, 2643, 2660, 3213, 6264, 7050,
        7205, 8142, 4946, 7125, 10867, 12996, 13410, 16131, 19974, 1982, 118, 124, 137,
        1055, 3776, 4869, 4879, 5509, 8364, 11040, 11070, 11356,
        332, 20117, 21356, 22524, 82010, 82384, 86084, 86355, 93483, 94763,
        95424, 104143, 105737, 201802, 206831, 260201, 285732, 288928, 289868, 345444, 286309, 702244,
        702745, 702668, 728804, 855318, 805160, 852433, 804086, 900358,
    ])
    func `seeds that found faults, which have been mended, find none`(seed: UInt64) {
        #expect(Simulation.run(seed: seed).violation == nil)
    }

    /// Each was violated once, by the code of its day or by a break on purpose (Mutations), as its name says.
    @Test(arguments: SimulationTests.scenarios)
    func `scenarios in which faults were found, which have been mended, find none`(name: String) throws {
        let bytes = Array(try Data(contentsOf: SimulationTests.folder.appending(component: name)))
        #expect(try Simulation.run(file: bytes).violation == nil)
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(component: "Scenarios")

    private static var scenarios: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted()
    }

    @Test
    func `a seed's history is the same each time`() {
        for seed in UInt64(1)...5 {
            #expect(Simulation.story(seed: seed) == Simulation.story(seed: seed))
        }
    }
}
