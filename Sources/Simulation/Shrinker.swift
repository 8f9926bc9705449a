/// Leaves out of a scenario what its violation doesn't need.
enum Shrinker {
    /// The scenario with as few disturbances as still violate the same invariant; itself if it violates none.
    static func shrink(_ scenario: Scenario) -> Scenario {
        guard let violated = violation(of: scenario) else { return scenario }
        var best = scenario
        if let without = removing(from: best, walks: true), violation(of: without) == violated { best = without }
        var size = max(1, best.disturbances.count / 2)
        while size >= 1, !best.disturbances.isEmpty {
            var start = 0
            while start < best.disturbances.count {
                var smaller = best
                smaller.disturbances.removeSubrange(start..<min(start + size, best.disturbances.count))
                if violation(of: smaller) == violated { best = smaller } else { start += size }
            }
            size /= 2
        }
        return best
    }

    private static func removing(from scenario: Scenario, walks: Bool) -> Scenario? {
        guard walks, !scenario.walks.isEmpty else { return nil }
        var without = scenario
        without.walks = []
        return without
    }

    private static func violation(of scenario: Scenario) -> Invariant? {
        let world = World(scenario, telling: false)
        world.run()
        return world.violation?.invariant
    }
}
