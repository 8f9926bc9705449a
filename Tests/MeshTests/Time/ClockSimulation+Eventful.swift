import Lighting

extension ClockSimulation {
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
}
