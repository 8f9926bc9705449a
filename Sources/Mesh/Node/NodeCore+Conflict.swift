internal import Lighting

/// Two agents that go by one node's name.
extension NodeCore {
    /// Looks whether what somebody said in this node's name means that there are two of it.
    ///
    /// - Returns: whether this one leaves the name to the other.
    mutating func meet(_ status: NodeStatus, at now: MeshInstant) -> Bool {
        let claim = TakeoverWatch.Claim(
            bootId: status.bootId, started: status.started, serial: Int64(status.connection))
        switch takeovers.heard(claim, at: now) {
        case .nothing: return false
        case .contested:
            if saidConflict == nil {
                actions.append(.log(.warning, conflict(with: claim) + "; it started later, and is to give way"))
            }
            sayConflict(at: now)
            return false
        case .giveWay(let time):
            let why =
                conflict(with: claim) + "; it was there first, so this one leaves the broker to it for "
                + "\(time.components.seconds) s, and its own sensors go on lighting its own bars"
            connection = nil
            actions.append(.giveWay(for: time, because: why))
            return true
        }
    }

    /// Says in the node's status whether there is another of its name, where that is news.
    mutating func sayConflict(at now: MeshInstant) {
        let other = takeovers.conflict(at: now)?.bootId
        guard let connection, other != saidConflict else { return }
        saidConflict = other
        let status = description.status(status, connection: connection, conflict: other, broker: broker)
        presence.update(status, of: description.node)
        publish(.status(node: description.node), JSON.encode(status), retain: true)
        if other != nil { agenda[.health] = now }
    }

    /// The check of the name, while there is something to say of it.
    func conflictChecks(at now: MeshInstant) -> [HealthMessage.Check] {
        takeovers.conflict(at: now).map {
            [.init(.name, healthy: false, value: 1, detail: conflict(with: $0))]
        } ?? []
    }

    private func conflict(with other: TakeoverWatch.Claim) -> String {
        "another agent (boot \(other.shownBootId); this is \(description.bootId)) is called "
            + "\(description.node), too, and the two end each other's connection: rename one (node: in its agent's file)"
    }
}
