internal import Lighting
internal import Mesh

/// What somebody should see to who looks after the fleet agent itself.
extension FleetCore {
    /// Its next sign of life.
    mutating func nextClaim(at now: MeshInstant) -> AgentClaim {
        var claim = election.nextClaim(at: now)
        claim.started = description.started.nanoseconds
        claim.telemetry = uplink
        claim.remark = remark(at: now)
        if claim.remark != saidRemark, let remark = claim.remark { log(.warning, remark) }
        saidRemark = claim.remark
        return claim
    }

    /// What somebody should see to; nil: nothing.
    func remark(at now: MeshInstant) -> String? {
        if let other = takeovers.conflict(at: now) { return conflict(with: other) }
        guard let site else { return uplinkRemark }
        let unknown = Set(policy.scheduledActions.compactMap(\.zone)).subtracting(site.zones).sorted()
        guard !unknown.isEmpty else { return uplinkRemark }
        return
            "scheduledActions name \(unknown.prefix(5).joined(separator: ", ")), and site \(description.site) has no "
            + "such zone: write one of \(site.zones.sorted().prefix(5).joined(separator: ", ")) in the fleet's file, or apply it"
    }

    private var uplinkRemark: String? {
        uplink.flatMap { $0.needsPerson == true ? $0.error : nil }.map { "records don't leave the site: \($0)" }
    }

    /// Looks whether what somebody said in this agent's name means that there are two of it.
    ///
    /// - Returns: whether this one leaves the name to the other.
    mutating func giveWay(to claim: AgentClaim, at now: MeshInstant) -> Bool {
        // What doesn't say when it started was there first.
        let other = TakeoverWatch.Claim(bootId: claim.bootId, started: claim.started ?? 0, serial: claim.beat)
        guard case .giveWay(let time) = takeovers.heard(other, at: now) else { return false }
        let why =
            conflict(with: other) + "; it was there first, so this one leaves the broker to it for "
            + "\(time.components.seconds) s"
        actions.append(.giveWay(for: time, because: why))
        disconnected(at: now)
        return true
    }

    private func conflict(with other: TakeoverWatch.Claim) -> String {
        "another fleet agent (boot \(other.shownBootId); this is \(description.bootId)) is called "
            + "\(description.id), too, and the two end each other's connection: rename one (id: in its file)"
    }
}
