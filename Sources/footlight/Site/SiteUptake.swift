internal import Fleet
internal import Lighting
internal import Mesh

/// Which nodes have taken up what was published, by their own reports.
struct SiteUptake: Sendable {
    /// A node that hasn't, and why, as far as it can be told.
    struct Laggard: Sendable, Hashable, Encodable {
        var node: String
        /// The zone, or nil where the node as a whole doesn't follow.
        var zone: String?
        var reason: String
        /// `hall-01 hasn't taken up zone hall: …`
        var sentence: String { "\(node) hasn't taken up \(zone.map { "zone \($0)" } ?? "the site"): \(reason)" }
    }

    /// Zones that a node has to report with these revisions, by nodes that are there; nil: it must have let it go.
    private let expected: [String: [String: Int64?]]
    private let site: String

    /// What `plan` asks of the nodes that `snapshot` says are there. Others follow when they come.
    init(_ plan: SitePlan, on snapshot: SiteSnapshot) {
        site = plan.site
        var expected: [String: [String: Int64?]] = [:]
        func expect(_ zone: Zone, _ name: String, _ revision: Int64?) {
            for node in SiteSnapshot.nodes(of: snapshot.places.filled(zone))
            where (snapshot.presence[node]?.state ?? .offline) != .offline {
                expected[node, default: [:]][name] = .some(revision)
            }
        }
        for zone in plan.zones {
            if zone.change == .removed {
                if let known = snapshot.zones[zone.name] { expect(known, zone.name, nil) }
            } else if let wanted = zone.zone,
                let revision = zone.message?.revision ?? snapshot.zoneMessages[zone.name]?.revision
            {
                expect(wanted, zone.name, revision)
            }
        }
        self.expected = expected
    }

    /// The nodes that are asked, in the order of their names.
    var nodes: [String] { expected.keys.sorted() }

    /// Who hasn't followed, by what is known; without a report there is no proof.
    func laggards(in state: FleetState) -> [Laggard] {
        var laggards: [Laggard] = []
        for (node, zones) in expected.sorted(by: { $0.key < $1.key }) {
            // Who has gone meanwhile follows when it comes back.
            guard state.presence[node]?.state != .offline else { continue }
            guard let report = state.reports[node]?.message else {
                laggards.append(Laggard(node: node, zone: nil, reason: "no report came from it"))
                continue
            }
            for (zone, revision) in zones.sorted(by: { $0.key < $1.key }) {
                guard let reason = shortfall(of: report, zone: zone, revision: revision) else { continue }
                laggards.append(Laggard(node: node, zone: zone, reason: reason))
            }
            if let check = report.check(.timeZone), !check.healthy {
                laggards.append(Laggard(node: node, zone: nil, reason: check.detail ?? "it lacks the time zone"))
            }
        }
        return laggards
    }

    /// Why a report doesn't prove that the zone was taken up; nil where it does.
    private func shortfall(of report: HealthMessage, zone: String, revision: Int64?) -> String? {
        let zones = report.checks(.zoneConfiguration)
        let check = zones.first { $0.part == zone }?.check
        guard let revision else { return check == nil ? nil : "it holds on to the zone, which was removed" }
        if check?.detail == String(revision) { return nil }
        let topic = Topic.zoneConfiguration(zone: zone).name(site: site)
        if let refusals = report.check(.messages), !refusals.healthy, let refusal = refusals.detail,
            refusal.contains(topic)
        {
            return refusal
        }
        guard let check else {
            // A report names the first of a node's zones only.
            return Double(zones.count) < report.check(.configuration)?.value ?? 0 ? nil : "it knows of no such zone"
        }
        return "revision \(check.detail ?? "?") is in force there, \(revision) was published"
    }
}
