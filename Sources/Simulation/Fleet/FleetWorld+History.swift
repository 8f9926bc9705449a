internal import Fleet
internal import Lighting
internal import Mesh

extension FleetWorld {
    /// Versions that are no good, whatever happens.
    static let badVersions: Set<String> = ["dead", "dark", "gone"]

    /// How many leaders were killed while something was under way, and how often all of that ended right.
    var killsAmid: (count: Int, right: Int) {
        let amid = history.kills.filter { !$0.isEmpty }
        return (amid.count, amid.count { $0.allSatisfy { wrong($0) == nil } })
    }

    /// What did not end as it should have.
    mutating func checkHistory() {
        for name in history.activities.keys.sorted() + history.refreshes.keys.sorted() {
            if let wrong = wrong(name) { violate("\(name) ended wrong: \(wrong)") }
        }
        for zone in scenario.zones.indices {
            let refreshes = history.refreshes.values.filter { $0.zone == "zone\(zone)" }
            if let last = refreshes.max(by: { $0.refresh.began < $1.refresh.began }) {
                checkVersions(of: zone, after: last.refresh)
            }
        }
    }

    /// What is wrong with how a matter ended; nil: nothing.
    private func wrong(_ name: String) -> String? {
        if let activity = history.activities[name] {
            guard let node = nodes.first(where: { $0.name == activity.node }) else { return "nobody's" }
            switch activity.status {
            case .inProgress: return "it is open: \(activity.line)"
            case .successful, .cancelled: return nil
            case .failed:
                let isToBlame =
                    activity.kind == .update
                    ? isHopeless(activity.version ?? "") : node.failedAt != nil || node.lastFailed != nil
                return isToBlame || hasTrouble(zone(of: name)) ? nil : activity.line
            }
        }
        guard let refresh = history.refreshes[name]?.refresh else { return "never seen" }
        let isBad = isHopeless(refresh.version)
        switch refresh.status {
        case .successful where !isBad: return nil
        case .rollbackSuccessful where isBad || hasTrouble(zone(of: name)): return nil
        case .rollbackFailed where isBad || hasTrouble(zone(of: name)):
            let mistaken = (refresh.setAside ?? [:]).keys.sorted().first { name in
                guard let node = nodes.first(where: { $0.name == name }) else { return true }
                return node.isRunning && !isHopeless(refresh.previous[name] ?? "") && !hasTrouble(zone(of: name))
                    && node.version == refresh.previous[name]
            }
            return mistaken.map { "\($0) was given up: \(refresh.reason)" }
        default: return "\(refresh.version) is \(refresh.status.rawValue): \(refresh.reason)"
        }
    }

    /// Whether nothing comes of updates to a version.
    private func isHopeless(_ version: String) -> Bool {
        FleetWorld.badVersions.contains(version) || scenario.goneVersions.contains(version)
    }

    private func zone(of name: String) -> Int { Int(name.dropFirst(4).prefix { $0.isNumber }) ?? 0 }

    /// Whether any of a zone's nodes fails by itself, or was left dead or dark by a version.
    private func hasTrouble(_ zone: Int) -> Bool {
        if zoneNodes.indices.contains(zone), zoneNodes[zone].contains(where: { !nodes[$0].isWorking }) {
            return true
        }
        return scenario.disturbances.contains { disturbance in
            switch disturbance.kind {
            case .crash(let node, _), .hang(let node), .powerLoss(let node, _), .barFault(let node, _):
                !zoneNodes.indices.contains(zone) || zoneNodes[zone].contains(node) || node >= scenario.nodeCount
            case .cut(let nodes, _): nodes.count == 1
            default: false
            }
        }
    }

    /// All nodes of a zone that are there have the version that the refresh ended with.
    private mutating func checkVersions(of zone: Int, after refresh: RefreshMessage) {
        for node in nodes where node.isRunning && refresh.previous[node.name] != nil {
            let place = node.configuration?.bars?["bar"] ?? node.name
            guard place.hasPrefix("zone\(zone)-"), refresh.setAside?[node.name] == nil else { continue }
            let previous = refresh.previous[node.name] ?? ""
            let wanted = refresh.status == .successful ? refresh.version : previous
            if node.version != wanted {
                violate("\(node.name) has \(node.version), not \(wanted), after \(refresh.status.rawValue)")
            }
        }
    }
}
