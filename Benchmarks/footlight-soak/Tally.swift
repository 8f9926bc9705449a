internal import Simulation

/// What came of the seeds so far.
struct Tally {
    private(set) var count: UInt64 = 0
    private(set) var failing: [UInt64] = []
    private var byInvariant: [Invariant: Int] = [:]
    private var nodeSeconds = 0.0
    private var events = 0
    private var firstLights = 0
    private var bars = 0

    mutating func add(_ outcome: Simulation.Outcome) {
        count += 1
        nodeSeconds += outcome.nodeSeconds
        events += outcome.eventCount
        firstLights += outcome.checkedFirstLights
        bars += outcome.checkedBars
        guard let violation = outcome.violation else { return }
        failing.append(outcome.seed)
        byInvariant[violation.invariant, default: 0] += 1
    }

    /// Node-hours per second, with one decimal.
    func speed(after elapsed: Duration) -> Double {
        (nodeSeconds / 3600 / (elapsed / .seconds(1)) * 10).rounded() / 10
    }

    /// The end's account, and how to replay a seed that failed.
    func report(after elapsed: Duration) {
        print(
            "\(count) seeds, \(failing.count) with a violation; \(Int(nodeSeconds / 3600)) node-hours and \(events) events "
                + "in \(elapsed.components.seconds) s: \(speed(after: elapsed)) node-hours per second; \(firstLights) first lights and "
                + "\(bars) goings off held against their instants")
        guard let least = failing.min() else { return }
        for (invariant, count) in byInvariant.sorted(by: { $0.value > $1.value }) {
            print("  \(invariant.rawValue): \(count)")
        }
        print("To replay one: make soak SEED=\(least)")
    }
}
