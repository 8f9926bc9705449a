internal import Lighting

/// Runs scenarios: the same seed, the same history, to the nanosecond.
public enum Simulation {
    /// The outcome of a seed.
    public struct Outcome: Sendable {
        /// The seed.
        public var seed: UInt64
        /// The violation that was found; nil: none.
        public var violation: Violation?
        /// Nodes × the virtual time that they lived.
        public var nodeSeconds: Double
        /// The number of events.
        public var eventCount: Int
        /// The number of first lights that were held against their instants.
        public var checkedFirstLights: Int
        /// The number of bars whose going off was held against its instant.
        public var checkedBars: Int
    }

    /// Lives through the history of a seed.
    public static func run(seed: UInt64) -> Outcome {
        let scenario = Scenario(seed: seed)
        let world = World(scenario, telling: false)
        world.run()
        return Outcome(
            seed: seed, violation: world.violation,
            nodeSeconds: Double(scenario.nodes.count) * (world.now - world.start).seconds,
            eventCount: world.eventCount, checkedFirstLights: world.checkedFirstLights,
            checkedBars: world.checkedBars)
    }

    /// The story of a seed: its scenario without what doesn't matter to its violation, and the last events.
    ///
    /// - Parameter lineCount: how many of the last events it tells at most.
    public static func story(seed: UInt64, lineCount: Int = 120) -> String {
        let whole = Scenario(seed: seed)
        let scenario = Shrinker.shrink(whole)
        let world = World(scenario, telling: true)
        world.run()
        let lines = world.story.lines.suffix(lineCount).joined(separator: "\n")
        let left = whole.disturbances.count - scenario.disturbances.count
        return scenario.text + "\n(without \(left) disturbances that don't matter)\n" + lines + "\n"
            + (world.violation.map { "\($0.invariant.rawValue) \($0.description)" } ?? "nothing is violated")
    }
}
