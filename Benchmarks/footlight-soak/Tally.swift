internal import Simulation

/// What came of the seeds so far.
struct Tally {
    private(set) var count: UInt64 = 0
    private(set) var failing: [UInt64] = []
    private var byInvariant: [Invariant: Int] = [:]
    private var nodeSeconds = 0.0
    private var events = 0

    mutating func add(_ outcome: Simulation.Outcome) {
        count += 1
        nodeSeconds += outcome.nodeSeconds
        events += outcome.eventCount
        guard let violation = outcome.violation else { return }
        failing.append(outcome.seed)
        byInvariant[violation.invariant, default: 0] += 1
    }

    /// The end's account, and how to replay a seed that failed.
    func report(after elapsed: Duration) {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let hours = nodeSeconds / 3600
        print(
            "\(count) seeds, \(failing.count) with a violation; \(Int(hours)) node-hours and \(events) events in "
                + "\(Int(seconds.rounded())) s: \(Int(hours / seconds)) node-hours per second")
        guard let least = failing.min() else { return }
        for (invariant, count) in byInvariant.sorted(by: { $0.value > $1.value }) {
            print("  \(invariant.rawValue): \(count)")
        }
        print("To replay one: make soak SEED=\(least)")
    }
}
