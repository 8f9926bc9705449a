internal import Lighting
internal import Mesh

extension SitePlan {
    /// What the file names and no node has: at the time of applying, that may be as it should, or a slip of the pen. A place
    /// that was given another node has what that node has.
    func warnings(on snapshot: SiteSnapshot) -> [String] {
        var warnings: [String] = []
        for plan in zones {
            guard let zone = plan.zone else { continue }
            var absent: Set<String> = []
            let places =
                zone.bars.map { ("bar", $0) } + zone.sensors.keys.sorted().map { ("sensor", $0) }
                + [zone.onlyWhenDark?.sensor].compactMap { $0.map { ("light sensor", $0) } }
            for (kind, place) in places {
                let hardware =
                    switch kind {
                    case "bar": snapshot.places.bar(in: place)
                    case "sensor": snapshot.places.sensor(in: place)
                    default: place
                    }
                guard let (node, part) = Name.place(hardware) else {
                    warnings.append("\(plan.name): no node fills \(place)")
                    continue
                }
                guard let status = snapshot.presence[node] else {
                    if absent.insert(node).inserted { warnings.append("\(plan.name): \(node) is not online (yet)") }
                    continue
                }
                if status.state == .offline, absent.insert(node).inserted {
                    warnings.append("\(plan.name): \(node) is offline")
                }
                let names =
                    switch kind {
                    case "bar": status.bars.map(\.name)
                    case "sensor": status.sensors.map(\.name)
                    default: status.lights ?? []
                    }
                // An agent of an earlier version doesn't say which light sensors it has.
                if let part, !names.contains(part), kind != "light sensor" || snapshot.lights[place] == nil {
                    let there = names.isEmpty ? "none" : names.joined(separator: ", ")
                    warnings.append("\(plan.name): \(node) has no \(kind) \"\(part)\"; it has \(there)")
                } else if part == nil, names.count != 1 {
                    let what =
                        names.isEmpty
                        ? "has no bar" : "has \(names.count) bars; write \(node)/\(names[0]), for instance"
                    warnings.append("\(plan.name): \(node) \(what)")
                }
            }
        }
        return warnings
    }
}
