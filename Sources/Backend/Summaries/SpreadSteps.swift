/// How activations are counted by their spread: so many below 1 ms, so many from there to 2 ms, and so on. Counts of many
/// quarters add up, and shares of them can be told.
enum SpreadSteps {
    /// Where one step ends and the next begins, nanoseconds.
    static let edges: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map { $0 * 1_000_000 }
    /// The columns of the counts, one more than there are edges.
    static let columns = (0...edges.count).map { "step_\($0)" }

    /// The condition of a step.
    static func condition(_ step: Int) -> String {
        let low = step > 0 ? "spread >= \(edges[step - 1])" : "spread >= 0"
        return step < edges.count ? "\(low) AND spread < \(edges[step])" : low
    }

    /// What so large a share of the activations stayed below: the end of its step, or what none exceeded; nil: there are
    /// none.
    static func bound(_ share: Double, of counts: [Int64], largest: Int64) -> Int64? {
        let total = counts.reduce(0, +)
        guard total > 0 else { return nil }
        var sum: Int64 = 0
        for (edge, count) in zip(edges, counts) {
            sum += count
            if Double(sum) >= share * Double(total) { return min(edge, largest) }
        }
        return largest
    }
}
