import Glibc
import Lighting
import Testing

@testable import Mesh

/// How many seeds per network: `SEEDS=1000 swift test --filter MeshClock` for more.
let clockSeeds = getenv("SEEDS").flatMap { UInt64(String(cString: $0)) } ?? 60

/// `STORY=7` prints what happened under seed 7.
let clockStory = getenv("STORY").flatMap { UInt64(String(cString: $0)) }

@Suite("Mesh time in a simulated network")
struct MeshClockSimulationTests {
    @Test(arguments: NetworkShape.allCases)
    func `the bound holds, nothing jumps, nothing goes back: deaths, takeovers, partitions, clock steps, loss`(
        shape: NetworkShape
    ) {
        var failing: [UInt64] = []
        var first: ClockSimulation?
        var steps = 0
        var late = 0
        for seed in 0..<clockSeeds {
            let simulation = ClockSimulation.eventful(shape, seed)
            steps += simulation.steps
            if seed == clockStory { print(([shape.rawValue] + simulation.story).joined(separator: "\n")) }
            if shape != .powerSaving {
                late += simulation.nodes.count { ($0.usableAfter ?? .max) > 2 * ClockSimulation.second }
            }
            if !simulation.violations.isEmpty || simulation.steps > 0 {
                failing.append(seed)
                first = first ?? simulation
            }
        }
        let story = first?.story.suffix(40).joined(separator: "\n") ?? ""
        #expect(failing.isEmpty, "\(failing.count) of \(clockSeeds) seeds, \(failing.prefix(10)):\n\(story)")
        #expect(steps == 0)
        #expect(late == 0, "nodes were not usable within 2 s")
    }

    @Test(arguments: NetworkShape.allCases)
    func `the bound is of use: medians after a minute, by network`(shape: NetworkShape) {
        var errors: [Int64] = []
        var bounds: [Int64] = []
        var spreads: [Int64] = []
        var usable: [Int64] = []
        var rest = 0
        for seed in 0..<max(10, clockSeeds / 4) {
            var simulation = ClockSimulation(shape: shape, seed: seed &+ 1_000_000, nodes: 5, loss: 0.02)
            for index in 0..<5 { simulation.at(Int64(index) * 100_000_000, .start(index)) }
            simulation.run(until: 60 * ClockSimulation.second)
            let before = simulation.messages
            simulation.run(until: 600 * ClockSimulation.second)
            rest += simulation.messages - before
            #expect(simulation.violations.isEmpty, "seed \(seed): \(simulation.story.suffix(20))")
            errors += simulation.errors
            bounds += simulation.bounds
            spreads += simulation.spreads
            usable += simulation.nodes.map { $0.usableAfter ?? .max }
        }
        func quantile(_ values: [Int64], _ part: Double) -> Double {
            guard !values.isEmpty else { return .infinity }
            let sorted = values.sorted()
            return Double(sorted[min(sorted.count - 1, Int(part * Double(sorted.count)))] / 1000) / 1000
        }
        print(
            "| \(shape.rawValue) | \(quantile(errors, 0.5)) / \(quantile(errors, 0.99))",
            "| \(quantile(bounds, 0.5)) / \(quantile(bounds, 0.99))",
            "| \(quantile(spreads, 0.5)) / \(quantile(spreads, 0.99))",
            "| \(quantile(usable, 0.5)) / \(quantile(usable, 0.99))",
            "| \(rest / 9 / 5 / Int(max(10, clockSeeds / 4))) |")
        let limit: Double = shape == .loopback ? 1 : shape == .wifi ? 5 : 500
        #expect(quantile(bounds, 0.5) < limit, "median bound in ms")
    }
}
