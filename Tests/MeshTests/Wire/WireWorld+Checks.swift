import Lighting

@testable import Mesh

extension WireWorld {
    /// What must hold at any time.
    mutating func check() {
        let lasting = sensors.filter { $0.seen && nodes[$0.node].core != nil }
        let renewal = min(10, zone.hold.seconds / 3)
        // A first pulse that got lost is made good by the next; what two collide over, by the next try.
        let grace = Int64(((faults.loss > 0 ? 2 * renewal : 0) + 0.6) * 1e9)
        let moves = lasting.contains { now - max($0.since, nodes[$0.node].started) > grace }
        let quietSince = sensors.contains { $0.seen } ? nil : sensors.map(\.since).max()
        let slack = Int64(0.5 * 1e9)
        let quiet = quietSince.map { now - $0 > zone.hold.nanoseconds + slack } ?? false
        for (index, node) in nodes.enumerated() {
            guard let state = node.core?.zone("stairs") else { continue }
            let held = state.isHeld(at: MeshInstant(nanoseconds: now + node.offset))
            let fresh = now - node.started <= Int64(renewal * 1e9) + grace
            if moves, !held, !fresh { failures.append("at \(now): stair-\(index) is dark while somebody moves") }
            if quiet, held { failures.append("at \(now): stair-\(index) is lit, and nobody moved for long") }
        }
        // While a pulse is under way some have read it and some haven't.
        if now - lastChange > 10_000_000 { compare() }
    }

    /// All who heard everything plan the same.
    private mutating func compare() {
        let activations = nodes.map { $0.core?.zone("stairs")?.activation }
        // Who missed a pulse may count the activation from a later one.
        let earliest = zip(nodes, activations).compactMap { node, activation in
            activation.map { $0.start.nanoseconds - node.offset }
        }.min()
        var plans: [[String: Int64]] = []
        for (node, activation) in zip(nodes, activations) {
            guard let activation, let earliest, node.troubled < earliest - 1_000_000_000 else { continue }
            let start = activation.start.nanoseconds - node.offset
            var plan = ["end": activation.lapse.nanoseconds - node.offset, "start": start]
            for wave in activation.waves { plan[wave.sensor] = wave.at.nanoseconds - node.offset }
            plans.append(plan)
        }
        guard let first = plans.first, plans.count > 1 else { return }
        for plan in plans.dropFirst() {
            compared += 1
            guard plan.keys == first.keys else {
                mismatches += 1
                continue
            }
            for (what, instant) in plan { worst = max(worst, abs(instant - (first[what] ?? 0))) }
        }
    }
}

extension SplitMix64 {
    /// 0 inclusive to 1 exclusive.
    var unit: Double { mutating get { Double(next() >> 11) * 0x1p-53 } }

    mutating func `in`(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }
}
