internal import Lighting

/// Keepers that are online by their word and do nothing: one that hangs, or that died while the broker was down, so that
/// nobody says it is gone.
extension NodeCore {
    /// How long a keeper may take to make an override of a command, and that to arrive: four ways by a slow network, and less
    /// than `footlight on` waits.
    static let keeperPatience = Duration.seconds(8)
    /// For how long a keeper that didn't isn't believed to be there, unless it says so anew.
    static let keeperAbsence = Duration.seconds(60)

    /// Commands whose keeper took too long are the next one's to obey.
    mutating func succeedKeepers(at now: MeshInstant) {
        for index in zones.positions {
            guard let commands = zones.values[index].unanswered else { continue }
            let due = commands.since + NodeCore.keeperPatience
            guard due <= now else {
                agenda.plan(.unanswered, by: due)
                continue
            }
            zones.values[index].awaitNothing()
            guard connection != nil else { continue }
            let name = zones.keys[index]
            guard let keeper = zones.values[index].keeper, keeper != description.node else { continue }
            distrust(keeper, over: name, at: now)
            // Refused is what the keeper would have refused; it was read before.
            for payload in commands.payloads { try? takeCommand(for: name, payload, at: now) }
        }
    }

    /// Takes a node for absent as a keeper, in all zones.
    private mutating func distrust(_ keeper: String, over zone: String, at now: MeshInstant) {
        presence.distrust(keeper, until: now + NodeCore.keeperAbsence)
        for index in zones.positions { zones.values[index].elect(presence) }
        let next = zones[zone]?.keeper ?? "nobody"
        actions.append(
            .log(.warning, "\(keeper), which keeps zone \(zone), takes up no command: \(next) keeps it meanwhile"))
    }

    /// Somebody else did what this node is there for: they may take it for absent, so it says anew that it is there.
    mutating func reassure(at now: MeshInstant) {
        guard now - reassuredAt >= NodeCore.keeperPatience, let status = presence[description.node] else { return }
        reassuredAt = now
        publish(.status(node: description.node), JSON.encode(status), retain: true)
    }

    /// Believes again who was taken for absent long enough.
    mutating func trustKeepers(at now: MeshInstant) {
        presence.trust(at: now)
        for index in zones.positions { zones.values[index].elect(presence) }
    }
}
