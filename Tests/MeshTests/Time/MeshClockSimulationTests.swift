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
    private static let second = ClockSimulation.second

    /// Everything that befalls a site in ten minutes.
    static func eventful(_ shape: NetworkShape, _ seed: UInt64) -> ClockSimulation {
        var simulation = ClockSimulation(shape: shape, seed: seed, nodes: 5)
        var generator = SplitMix64(seed: seed ^ 0xfeed)
        func time(_ range: ClosedRange<Int64>) -> Int64 {
            Int64.random(in: range.lowerBound * second...range.upperBound * second, using: &generator)
        }
        for index in 0..<4 { simulation.at(time(0...2), .start(index)) }
        simulation.at(time(20...60), .start(4))
        for _ in 0..<4 {
            let hour = Bool.random(using: &generator) ? 3600 * second : -3600 * second
            simulation.at(time(10...400), .stepSystem(Int.random(in: 0..<4, using: &generator), by: hour))
        }
        // One dies, whoever it is, and comes back; then another.
        for from: Int64 in [80, 180] {
            let index = Int.random(in: 0..<5, using: &generator)
            let death = time(from...from + 20)
            simulation.at(death, .kill(index))
            simulation.at(death + time(6...60), .start(index))
        }
        let split = time(280...300)
        simulation.at(split, .partition((0..<5).map { _ in Int.random(in: 0...1, using: &generator) }))
        let merge = split + time(10...60)
        simulation.at(merge, .partition([0, 0, 0, 0, 0]))
        let absent = Int.random(in: 0..<5, using: &generator)
        let gone = merge + time(40...60)
        simulation.at(gone, .disconnect(absent))
        simulation.at(gone + time(5...60), .connect(absent))
        simulation.run(until: 540 * second)
        return simulation
    }

    @Test(
        "The bound holds, nothing jumps, nothing goes back: deaths, takeovers, partitions, clock steps, loss",
        arguments: NetworkShape.allCases)
    func invariants(shape: NetworkShape) {
        var failing: [UInt64] = []
        var first: ClockSimulation?
        var steps = 0
        var late = 0
        for seed in 0..<clockSeeds {
            let simulation = MeshClockSimulationTests.eventful(shape, seed)
            steps += simulation.steps
            if seed == clockStory { print(([shape.rawValue] + simulation.story).joined(separator: "\n")) }
            if shape != .powerSaving {
                late += simulation.nodes.count { ($0.usableAfter ?? .max) > 2 * MeshClockSimulationTests.second }
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

    @Test("The bound is of use: medians after a minute, by network", arguments: NetworkShape.allCases)
    func figures(shape: NetworkShape) {
        var errors: [Int64] = []
        var bounds: [Int64] = []
        var spreads: [Int64] = []
        var usable: [Int64] = []
        var rest = 0
        for seed in 0..<max(10, clockSeeds / 4) {
            var simulation = ClockSimulation(shape: shape, seed: seed &+ 1_000_000, nodes: 5, loss: 0.02)
            for index in 0..<5 { simulation.at(Int64(index) * 100_000_000, .start(index)) }
            simulation.run(until: 60 * MeshClockSimulationTests.second)
            let before = simulation.messages
            simulation.run(until: 600 * MeshClockSimulationTests.second)
            rest += simulation.messages - before
            #expect(simulation.violations.isEmpty, "seed \(seed): \(simulation.story.suffix(20))")
            errors += simulation.errors
            bounds += simulation.bounds
            spreads += simulation.spreads
            usable += simulation.nodes.map { $0.usableAfter ?? .max }
        }
        func quantile(_ values: [Int64], _ part: Double) -> Double {
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
