internal import Lighting

extension Scenario {
    /// In a fifth of the seeds one or two spares stand by, and are given the place of a bar, one after the other; sometimes
    /// it is given back.
    mutating func addSpares(_ random: inout SplitMix64) {
        guard random.chance(0.2) else { return }
        let owners = nodes.indices.filter { nodes[$0].site == "home" && !nodes[$0].bars.isEmpty }
        let owner = random.pick(owners)
        let place = PlaceName(node: owner, bar: random.integer(0...(nodes[owner].bars.count - 1)))
        var candidates = [owner]
        for index in 0..<random.integer(1...2) {
            candidates.append(nodes.count)
            nodes.append(spare(index, like: nodes[random.pick(owners)], &random))
        }
        // After the first walks, of which one or none has its disturbances already.
        let begin = disturbances.first?.at ?? calmAt
        let span = max(.seconds(30), calmAt - begin)
        var instants = (0..<random.integer(1...4)).map { _ in begin + random.seconds(0...span.seconds) }
        instants.sort()
        var holder = owner
        for instant in instants {
            holder = random.pick(candidates.filter { $0 != holder })
            disturbances.append(
                Disturbance(
                    at: instant, lasts: .zero, kind: .fill(place, by: holder, tellsFormer: random.chance(0.5))))
        }
        disturbances.sort { $0.at < $1.at }
        let later = max(.zero, (instants.last ?? calmAt) - calmAt)
        for index in walks.indices where walks[index].at > calmAt { walks[index].at += later }
        calmAt += later
        restAt += later
        endAt += later
    }

    private func spare(_ index: Int, like other: Node, _ random: inout SplitMix64) -> Node {
        var spare = other
        spare.name = "spare\(index)"
        spare.bars = ["bar"]
        spare.sensors = []
        spare.clock = clock(other.isSynchronised, &random)
        spare.bootsAt = random.seconds(0...3)
        spare.priority = 0
        return spare
    }
}
