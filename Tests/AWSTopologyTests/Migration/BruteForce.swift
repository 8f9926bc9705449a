@testable import AWSTopology

/// Whether a small migration can be done at all, by trying everything: one subnet after the other, to any place.
struct BruteForce {
    private struct Item {
        var zone: AvailabilityZone
        var from: Range<Int>?
        var to: Range<Int>?
        var size: Int
        var tier: String
    }

    private var items: [Item] = []
    private let size: Int
    /// The fewest zones of each tier: none where nothing is in it.
    private var floors: [String: Int] = [:]
    private let databaseTier: String?

    init(from: Topology, to: Topology, databaseTier: String?) {
        let base = Int(from.vpcs[0].network?.first.bits ?? 0)
        size = from.vpcs[0].network?.size ?? 0
        self.databaseTier = databaseTier
        func range(_ subnet: Subnet?) -> Range<Int>? {
            subnet?.network.map { Int($0.first.bits) - base..<Int($0.first.bits) - base + $0.size }
        }
        var seen: Set<String> = []
        for subnet in from.subnets + to.subnets where seen.insert(subnet.name).inserted {
            guard let zone = subnet.zone, let tier = subnet.tier else { continue }
            let (old, new) = (range(from[subnet.reference]), range(to[subnet.reference]))
            items.append(
                Item(zone: zone, from: old, to: new, size: min(old?.count ?? .max, new?.count ?? .max), tier: tier))
        }
        for balancer in from.loadBalancers {
            if let tier = from[balancer.subnets[0]]?.tier { floors[tier] = balancer.kind == .application ? 2 : 1 }
        }
        for group in from.autoScalingGroups {
            if let tier = from[group.subnets[0]]?.tier { floors[tier] = max(floors[tier] ?? 0, 1) }
        }
    }

    private func overlaps(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
        a.lowerBound < b.upperBound && b.lowerBound < a.upperBound
    }

    private func zones(_ tier: String, _ state: [Range<Int>?], but index: Int) -> Int {
        Set(items.indices.filter { $0 != index && items[$0].tier == tier && state[$0] != nil }.map { items[$0].zone })
            .count
    }

    /// Whether the end can be reached; nil for too much to try.
    func isPossible() -> Bool? {
        let start = items.map(\.from)
        var seen: Set<[Range<Int>?]> = [start]
        var queue = [start]
        while let state = queue.popLast() {
            if items.indices.allSatisfy({ state[$0] == items[$0].to }) { return true }
            if seen.count > 60_000 { return nil }
            for (index, item) in items.enumerated() {
                for place in places(index, item, state) where place != state[index] {
                    var next = state
                    next[index] = place
                    if seen.insert(next).inserted { queue.append(next) }
                }
            }
        }
        return false
    }

    private func places(_ index: Int, _ item: Item, _ state: [Range<Int>?]) -> [Range<Int>?] {
        let left = zones(item.tier, state, but: index)
        let isDatabase = item.tier == databaseTier
        if state[index] != nil, left < (floors[item.tier] ?? 0) || isDatabase && left < 1 { return [] }
        // A group over two zones has one subnet replaced by another at once.
        let isReplaced = isDatabase && state[index] != nil && left < 2
        let taken = items.indices.filter { $0 != index || isReplaced }.compactMap { state[$0] }
        var places: [Range<Int>?] = isReplaced ? [] : [nil]
        var all = stride(from: 0, to: size, by: item.size).map { $0..<$0 + item.size }
        if let to = item.to { all.append(to) }
        for place in all where !taken.contains(where: { overlaps($0, place) }) { places.append(place) }
        return places
    }
}
