internal import Lighting
internal import Mesh

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
    public static func run(seed: UInt64) -> Outcome { run(Scenario(seed: seed)) }

    /// Lives through a scenario of a file, as ``save(seed:)`` writes them.
    ///
    /// - Throws: ``Mesh/MessageError`` where the bytes hold none.
    public static func run(file: [UInt8]) throws -> Outcome { run(try read(file).scenario) }

    private static func read(_ file: [UInt8]) throws(MessageError) -> ScenarioFile {
        try JSON.decode(ScenarioFile.self, from: file, within: .keptFile)
    }

    private static func run(_ scenario: Scenario) -> Outcome {
        let world = World(scenario, telling: false)
        world.run()
        return Outcome(
            seed: scenario.seed, violation: world.violation,
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
        let left = whole.disturbances.count - scenario.disturbances.count
        return story(of: scenario, "(without \(left) disturbances that don't matter)", lineCount)
    }

    /// The story of a scenario of a file.
    ///
    /// - Throws: ``Mesh/MessageError`` where the bytes hold none.
    public static func story(file: [UInt8], lineCount: Int = 120) throws -> String {
        let file = try read(file)
        return story(of: file.scenario, "(\(file.about))", lineCount)
    }

    private static func story(of scenario: Scenario, _ remark: String, _ lineCount: Int) -> String {
        let world = World(scenario, telling: true)
        world.run()
        let lines = world.story.lines.suffix(lineCount).joined(separator: "\n")
        return scenario.text + "\n\(remark)\n" + lines + "\n"
            + (world.violation.map { "\($0.invariant.rawValue) \($0.description)" } ?? "nothing is violated")
    }

    /// The bytes of a file with the scenario of a seed, without what doesn't matter to its violation: so it stays the same
    /// history, though the generator is changed; nil where nothing is violated, also once it was read back.
    public static func save(seed: UInt64) -> [UInt8]? {
        let scenario = Shrinker.shrink(Scenario(seed: seed))
        guard let violation = run(scenario).violation else { return nil }
        let file = ScenarioFile(
            about: violation.description, invariant: violation.invariant, scenario: scenario)
        let bytes = JSON.encode(file)
        guard (try? run(file: bytes))?.violation?.invariant == violation.invariant else { return nil }
        return bytes
    }
}
