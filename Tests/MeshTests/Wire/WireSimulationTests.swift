import Lighting
import Testing

@testable import Mesh

/// Many nodes on one wire, in virtual time. A seed that fails replays exactly.
@Suite struct WireSimulationTests {
    private static let second: Int64 = 1_000_000_000
    /// Who makes an output of its input while another pulls doesn't see the edge: it counts from its own pull.
    private static let apart = WireWorld.stampJitter + WireWorld.turning.upperBound

    /// People come and go at both ends for `minutes`, now and then at the same moment.
    private static func world(
        seed: UInt64, minutes: Int64 = 6, faults: WireWorld.Faults = .init()
    ) -> WireWorld {
        var random = SplitMix64(seed: seed &* 7)
        let hold = Duration.seconds([5, 8, 20][Int(seed % 3)])
        var world = WireWorld(seed: seed, nodes: 3 + Int(random.next() % 10), hold: hold, faults: faults)
        var at = 3 * second
        while at < minutes * 60 * second {
            let length = random.in(1_000...(25 * second))
            let sensor = Int(random.next() % 2)
            world.move(sensor, from: at, to: at + length)
            if random.unit < 0.7 {
                // From both ends: at once, or within the time that a pulse takes, or a little later.
                let later = [0, random.in(0...3_000_000), random.in(0...60_000_000), random.in(0...(10 * second))]
                let begin = at + later[Int(random.next() % 4)]
                world.move(1 - sensor, from: begin, to: begin + random.in(1_000...(12 * second)))
            }
            at += 26 * second + random.in(0...(30 * second))
        }
        world.run(until: minutes * 60 * second + 60 * second)
        return world
    }

    @Test func `all plan the same, also when both ends speak at once`() {
        var met = 0
        for seed: UInt64 in 1...20 {
            let world = Self.world(seed: seed)
            met += world.repeats + world.taken
            #expect(world.failures.isEmpty, "seed \(seed): \(world.failures.prefix(3))")
            #expect(world.compared > 200, "seed \(seed) tests nothing")
            #expect(world.mismatches == 0, "seed \(seed): \(world.mismatches) of \(world.compared) plans differ")
            #expect(world.worst <= Self.apart, "seed \(seed): \(world.worst) ns apart")
        }
        #expect(met > 20, "both ends never speak at once")
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `what is coupled into the cable lights nothing and hides nothing`(_ seed: UInt64) {
        let world = Self.world(
            seed: seed, faults: .init(glitchesPerSecond: 2, longestGlitch: 1_000_000))
        #expect(world.failures.isEmpty, "seed \(seed): \(world.failures.prefix(3))")
        #expect(world.glitches > 500, "seed \(seed) tests nothing")
        #expect(world.worst <= Self.apart, "seed \(seed): \(world.worst) ns apart")
        #expect(world.mismatches * 100 < world.compared, "seed \(seed): \(world.mismatches) of \(world.compared)")
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `edges that get lost and nodes that start anew leave nobody in the dark, and nothing lit`(_ seed: UInt64) {
        let world = Self.world(seed: seed, faults: .init(loss: 0.01, rebootsPerSecond: 0.02))
        #expect(world.failures.isEmpty, "seed \(seed): \(world.failures.prefix(3))")
        #expect(world.compared > 50, "seed \(seed) tests nothing")
        #expect(world.worst <= Self.apart, "seed \(seed): \(world.worst) ns apart")
    }
}
