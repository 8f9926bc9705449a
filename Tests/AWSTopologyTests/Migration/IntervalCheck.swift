@testable import AWSTopology

/// A check of addresses that shares no code with the planner: blocks as intervals of numbers.
enum IntervalCheck {
    private static func interval(_ subnet: Subnet) -> (low: UInt64, high: UInt64)? {
        guard let network = subnet.network else { return nil }
        let parts = network.description.split(whereSeparator: { "./".contains($0) }).compactMap { UInt64($0) }
        guard parts.count == 5 else { return nil }
        let low = parts[0..<4].reduce(0) { $0 * 256 + $1 }
        return (low, low + (1 << (32 - parts[4])) - 1)
    }

    /// What is wrong with a step from one topology to another: what is new stands beside all that stood before.
    static func faults(_ before: Topology, _ after: Topology) -> [String] {
        var faults: [String] = []
        let old = Dictionary(before.subnets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let sorted = after.subnets.compactMap { subnet in interval(subnet).map { (subnet.name, $0) } }
            .sorted { $0.1.low < $1.1.low }
        for (first, second) in zip(sorted, sorted.dropFirst()) where first.1.high >= second.1.low {
            faults.append("\(first.0) and \(second.0) overlap")
        }
        for subnet in after.subnets {
            guard old[subnet.name]?.network != subnet.network, let new = interval(subnet) else { continue }
            for other in before.subnets {
                guard let there = interval(other), new.low <= there.high, there.low <= new.high else { continue }
                faults.append("\(subnet.name) is made while \(other.name) stands there")
            }
        }
        return faults
    }
}
