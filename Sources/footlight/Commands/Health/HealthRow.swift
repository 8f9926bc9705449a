internal import Fleet
internal import Lighting
internal import Mesh

/// Whether a node does its work, and why not.
struct HealthRow: Encodable {
    /// Without a fleet agent, who alone knows of lifecycles: what the node says of its state.
    static let online = "online"
    static let offline = "offline"
    static let sleeping = "sleeping"
    /// Nodes report every ten seconds: after as many missed one is silent.
    static let missedReports = Duration.seconds(30)

    let node: String
    let healthStatus: HealthStatus
    /// The lifecycle state, `Spare` of one that stands by, or without a fleet agent `online`, `offline`, `sleeping`; either way `sleeping` is healthy.
    let lifecycleState: String
    /// Why it is as it is; empty: there is nothing to say.
    let cause: String
    /// Since when its health status is so, nanoseconds since 1970; without a fleet agent nobody knows.
    let since: Int64?
    /// How old its last report is; nil: none came.
    let reportAgeSeconds: Double?
    let zones: [String]
    let isSpare: Bool
    let version: String?
    /// The checks of its last report.
    let checks: [HealthMessage.Check]?

    /// Whether it is as somebody wants it.
    let isFine: Bool
    /// Whether it counts: one that was replaced, and isn't well again, doesn't.
    let counts: Bool

    private enum CodingKeys: CodingKey {
        case node, healthStatus, lifecycleState, cause, since, reportAgeSeconds, zones, isSpare, version, checks
    }

    init(_ node: String, in state: FleetState, zones: [String], isLed: Bool, asked: MeshInstant, at now: MeshInstant) {
        self.node = node
        self.zones = zones
        let status = state.presence[node]
        let report = state.reports[node]
        version = status?.version
        checks = report?.message.checks
        reportAgeSeconds = report.map { max(0, (now - $0.at).seconds) }
        let own = HealthRow.judge(status, report, asked: asked, at: now)
        let record = isLed ? state.nodes[node].flatMap { zones.isEmpty && !$0.isSpare ? nil : $0 } : nil
        isSpare = record?.isSpare ?? false
        guard let record else {
            healthStatus = own.status
            lifecycleState = status?.state.rawValue ?? HealthRow.offline
            isFine = own.status == .healthy || lifecycleState == HealthRow.sleeping
            counts = true
            let hasNoPlace = zones.isEmpty && !state.zones.isEmpty
            cause = [own.cause, hasNoPlace ? "has no place in any zone" : ""].filter { !$0.isEmpty }
                .joined(separator: "; ")
            since = nil
            return
        }
        let isAsleep =
            status?.state == .sleeping || !zones.isEmpty && zones.allSatisfy { state.groups[$0]?.sleeping == true }
        healthStatus = record.healthStatus
        lifecycleState = isAsleep ? HealthRow.sleeping : record.stateWord
        isFine = record.isFine(isAsleep: isAsleep)
        counts = record.counts
        since = record.since
        let activity = zones.lazy.flatMap { state.groups[$0]?.activities ?? [] }
            .last { $0.isOpen && ($0.node == node || $0.spare == node) }
        // What goes on comes before the cause, which is why it goes on.
        let isAwaited = record.healthStatus == .unobservable && record.cause.isEmpty
        let words = [
            activity.map(HealthRow.words) ?? "", record.cause, isAwaited ? "its checks are awaited" : "",
            HealthRow.spareWords(record),
            record.healthStatus == .healthy && !isAsleep ? own.cause : "",
        ]
        cause = words.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private static func spareWords(_ record: NodeMessage) -> String {
        guard record.isSpare else { return "" }
        guard record.lifecycleState == .terminated else { return "a spare" }
        let places = record.formerPlaces.prefix(3).joined(separator: ", ")
        return record.healthStatus == .healthy
            ? "a spare for what it had" + (places.isEmpty ? "" : ": \(places)")
            : "its place was given away; once Healthy it is a spare"
    }

    /// `agent being restarted`
    private static func words(for activity: Activity) -> String {
        switch activity.step {
        case .restart: "agent being restarted"
        case .reboot: "being rebooted"
        case .replace: activity.spare.map { "\(activity.node) being replaced by \($0)" } ?? "being replaced"
        case .update: activity.version.map { "being updated to \($0)" } ?? "being updated"
        }
    }

    /// What a node's own word comes to, by the rules of a fleet's file that says nothing.
    private static func judge(
        _ status: NodeStatus?, _ report: FleetState.Report?, asked: MeshInstant, at now: MeshInstant
    ) -> (status: HealthStatus, cause: String) {
        guard let status else { return (.unhealthy, "never heard of; is footlight-agent running on it?") }
        switch status.state {
        case .offline: return (.unhealthy, "offline; its agent, its power or its network is gone")
        case .sleeping: return (.healthy, "")
        case .online: break
        }
        guard let report else {
            return now - asked < SiteSession.reportPatience
                ? (.unobservable, "its report is awaited") : (.unhealthy, "said to be online, and doesn't report")
        }
        if now - report.at > missedReports {
            return (.unhealthy, "last reported \(HumanTime.ago(report.at, now: now))")
        }
        var faults: [String] = []
        var notes: [String] = []
        for check in report.message.checks {
            let rule = CheckRule.rule(for: check.check, in: CheckRule.defaults) ?? CheckRule(counts: false)
            guard let fault = rule.fault(of: check) else { continue }
            if rule.counts { faults.append(fault) } else { notes.append(fault) }
        }
        return (faults.isEmpty ? .healthy : .unhealthy, (faults + notes).joined(separator: "; "))
    }
}
