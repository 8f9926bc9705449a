/// How much of a group is in service, from the loss on, in the mean of all trials.
struct CapacityCurve {
    /// From one point to the next, in seconds.
    static var step: Double { 10 }
    private let instances: Int
    private let trials: Int
    private var lost = 0
    private var arrivals = [Int](repeating: 0, count: 361)

    init(instances: Int, trials: Int) {
        self.instances = instances
        self.trials = trials
    }

    /// A lost instance's replacement takes requests `seconds` after the loss; infinite for never.
    mutating func add(at seconds: Double) {
        lost += 1
        let index = (seconds / Self.step).rounded(.up)
        if index < Double(arrivals.count) { arrivals[Int(index)] += 1 }
    }

    /// The share in service (0…1) at each step.
    var points: [Double] {
        let all = Double(max(1, instances * trials))
        var missing = lost
        return arrivals.map { count in
            missing -= count
            return 1 - Double(missing) / all
        }
    }
}
