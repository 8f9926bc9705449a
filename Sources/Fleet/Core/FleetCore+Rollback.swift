internal import Lighting
internal import Mesh

extension FleetCore {
    /// How many nodes a reason names.
    private static let longestNames = 5

    /// Takes all nodes back to what they had.
    mutating func rollBack(_ zone: String, _ reason: String, at now: MeshInstant) {
        groups[zone]?.message.refresh?.status = .rollbackInProgress
        groups[zone]?.message.refresh?.reason = reason
        groups[zone]?.message.refresh?.ended = nil
        groups[zone]?.message.refresh?.waitsUntil = nil
        groups[zone]?.message.refresh?.setAside = nil
        groups[zone]?.message.refresh?.progressAt = now.nanoseconds
        log(.warning, "\(zone): refresh rolls back: \(reason)")
        dirtyGroups.insert(zone)
        reconsider(at: now)
    }

    /// Takes a rollback on by as much as may be: every node that was touched has gone back, has lost its place, or is
    /// named in the end.
    ///
    /// - Returns: what holds it back.
    mutating func advanceRollback(of zone: String, underWay: Int, at now: MeshInstant) -> String? {
        guard let refresh = groups[zone]?.message.refresh else { return nil }
        var left: [String] = []
        var absent: [String] = []
        for node in refresh.touched.reversed()
        where isOfRefresh(node, in: zone) && refresh.setAside?[node] == nil {
            if refresh.previous[node]?.isEmpty != false {
                setAside(node, of: zone, because: "nobody knows which version it had")
            } else if !presence.isOnline(node) {
                // What it said last it said before it was updated, perhaps.
                absent.append(node)
            } else if presence[node]?.version == refresh.version, refresh.previous[node] != refresh.version {
                left.append(node)
            }
        }
        if left.isEmpty, underWay == 0, !absent.isEmpty,
            isOutOfPatience(zone, policy.replacement.updateTimeout, at: now)
        {
            for node in absent where !isSeenTo(node, at: now) {
                setAside(node, of: zone, because: "it is not there")
                absent.removeAll { $0 == node }
            }
        }
        if left.isEmpty, absent.isEmpty {
            if underWay == 0 { endRollback(of: zone, at: now) }
            return nil
        }
        guard let reason = update(left, of: zone, room: awayLimit(of: zone, refresh), isRollback: true, at: now) else {
            return left.isEmpty && underWay == 0 ? "\(absent[0]) is not there" : nil
        }
        if underWay == 0, isOutOfPatience(zone, FleetCore.refreshPatience, at: now) {
            for node in left { setAside(node, of: zone, because: "no progress for an hour: \(reason)") }
        }
        return underWay == 0 ? reason : nil
    }

    /// Whether somebody or something else may yet mend it: its place is being given away, or it is the network.
    private mutating func isSeenTo(_ node: String, at now: MeshInstant) -> Bool {
        openActivity(of: node) != nil || excuse(for: node, at: now) != nil
    }

    /// A rollback can't do anything for the node.
    mutating func setAside(_ node: String, of zone: String, because why: String) {
        var nodes = groups[zone]?.message.refresh?.setAside ?? [:]
        // A record that names them all can't say of each why.
        nodes[node] = nodes.count < FleetCore.longestNames ? String(why.prefix(200)) : ""
        groups[zone]?.message.refresh?.setAside = nodes
        log(.warning, "\(zone): \(node) is not taken back: \(why)")
        dirtyGroups.insert(zone)
    }

    private mutating func endRollback(of zone: String, at now: MeshInstant) {
        guard let refresh = groups[zone]?.message.refresh else { return }
        func names(_ names: [String]) -> String {
            names.prefix(FleetCore.longestNames).joined(separator: ", ")
                + (names.count > FleetCore.longestNames ? " and \(names.count - FleetCore.longestNames) more" : "")
        }
        // Who was given up may have come back as it was.
        let setAside = (refresh.setAside ?? [:]).filter { node, _ in
            !(presence.isOnline(node) && presence[node]?.version == refresh.previous[node])
                && isOfRefresh(node, in: zone)
        }
        let lost = refresh.touched.filter { !isOfRefresh($0, in: zone) }
        var reason = refresh.reason
        if !lost.isEmpty { reason += "; others are in the place of \(names(lost))" }
        if !setAside.isEmpty {
            let each = setAside.sorted { $0.key < $1.key }.map { $0.key + ($0.value.isEmpty ? "" : " (\($0.value))") }
            reason += "; not taken back: \(names(each))"
        }
        groups[zone]?.message.refresh?.setAside = setAside.isEmpty ? nil : setAside
        end(zone, setAside.isEmpty ? .rollbackSuccessful : .rollbackFailed, reason, at: now)
    }
}
