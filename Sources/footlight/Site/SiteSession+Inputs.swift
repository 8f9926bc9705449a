internal import Lighting
internal import Mesh

extension SiteSession {
    /// What nodes have heard last of sensors that speak on topics, by `node/sensor`, as far as they answer.
    func inputs(of snapshot: SiteSnapshot) async -> [String: String] {
        let nodes = snapshot.presence.all.filter { node, status in
            snapshot.presence.isOnline(node) && status.sensors.contains { $0.driver == "mqtt" }
        }.keys.sorted()
        guard !nodes.isEmpty else { return [:] }
        let reports = try? await withFleet { feed in
            try await askForReports(of: nodes)
            await feed.wait(within: SiteSession.reportPatience) { state in
                nodes.allSatisfy { state.reports[$0] != nil }
            }
            return await feed.now.reports
        }
        var inputs: [String: String] = [:]
        for node in nodes {
            for (sensor, check) in reports?[node]?.message.checks(.input) ?? [] {
                inputs["\(node)/\(sensor)"] = SiteSession.text(check)
            }
        }
        return inputs
    }

    private static func text(_ check: HealthMessage.Check) -> String {
        let detail = check.detail ?? ""
        guard check.value >= 0 else { return detail }
        return "\(detail.isEmpty ? "" : detail + ", ")\(HumanTime.span(check.value)) ago"
    }
}
