internal import Lighting

/// Runs fleets of real fleet cores with simulated nodes: the same seed, the same history.
public enum FleetSimulation {
    /// The outcome of a seed.
    public struct Outcome: Sendable {
        /// The seed.
        public var seed: UInt64
        /// The invariant that did not hold, in words; nil: all did.
        public var violation: String?
        /// Seconds from each failure to its node's being Unhealthy at the broker.
        public var detections: [Double]
        /// Seconds from each kill of a leader to the next one's leading.
        public var takeovers: [Double]
        /// The number of leaders that were killed while an activity or a refresh was under way.
        public var killsAmid: Int
        /// The number of these after which all that was under way ended as it should.
        public var killsEndedRight: Int
        /// The number of replacements, and of steps of them, that were begun.
        public var replacements: Int
        /// The number of times that every place was looked at, all nodes being well.
        public var coverChecks: Int
        /// The number of events.
        public var eventCount: Int
    }

    /// Lives through a scenario.
    public static func run(_ scenario: FleetScenario) -> Outcome {
        var world = FleetWorld(scenario, telling: false)
        world.run()
        return outcome(of: world)
    }

    /// The story of a scenario, its last `lineCount` lines.
    public static func story(_ scenario: FleetScenario, lineCount: Int = 200) -> String {
        var world = FleetWorld(scenario, telling: true)
        world.run()
        return "\(scenario.theme), zones \(scenario.zones), \(scenario.spares) spares, "
            + "seeing \(scenario.seeing.sorted()), "
            + "far \(scenario.far?.sorted() ?? []), loss \(scenario.loss)\n"
            + world.story.lines.suffix(lineCount).joined(separator: "\n") + "\n"
            + (world.violation ?? "nothing is violated")
    }

    private static func outcome(of world: FleetWorld) -> Outcome {
        let kills = world.killsAmid
        return Outcome(
            seed: world.scenario.seed, violation: world.violation, detections: world.detections,
            takeovers: world.takeovers,
            killsAmid: kills.count, killsEndedRight: kills.right,
            replacements: world.replacements, coverChecks: world.coverChecks, eventCount: world.eventCount)
    }
}
