internal import Fleet
internal import Lighting
internal import MQTT
internal import Mesh

extension SiteSession {
    /// How long nodes are given to report.
    static let reportPatience = Duration.seconds(2)
    /// How long a fleet agent that is said to lead is given for a sign of life: it gives one every two seconds.
    private static let leaderPatience = Duration.seconds(5)

    /// What the broker keeps of the fleet.
    func fleetState() async throws -> FleetState {
        var state = FleetState(site: site)
        for message in try await kept(FleetState.filters(site: site)) { state.take(message, at: .now) }
        return state
    }

    /// Runs `body` with what is known of the fleet, all that the broker keeps of it to begin with, and live.
    ///
    /// - Throws: `MQTTError`, and what `body` throws.
    func withFleet<Result: Sendable>(
        isolation: isolated (any Actor)? = #isolation, _ body: (FleetFeed) async throws -> Result
    ) async throws -> Result {
        let feed = FleetFeed(site: site)
        let filters = FleetState.filters(site: site)
        await feed.take(try await kept(filters))
        let messages = try await client.messages(filters)
        let listening = Task { try await feed.listen(to: messages) }
        defer { listening.cancel() }
        return try await body(feed)
    }

    /// Asks nodes for their health.
    func askForReports(of nodes: [String]) async throws {
        for node in nodes {
            let action = ActionMessage(
                action: "report", id: SiteSession.newID(), expires: (MeshInstant.now + .seconds(10)).nanoseconds)
            try await publish(.action(node: node), JSON.encode(action), retain: false)
        }
    }

    /// Asks the nodes for their health, and waits for it and for a sign of life of who is said to lead, as long as it
    /// may take.
    func hearAll(_ feed: FleetFeed) async throws {
        let nodes = await feed.now.presence.clockOrder
        try await askForReports(of: nodes)
        await feed.wait(within: SiteSession.reportPatience) { state in nodes.allSatisfy { state.reports[$0] != nil } }
        await feed.wait(within: SiteSession.leaderPatience) { state in
            state.leader.map { $0.agent.heard != nil } ?? true
        }
    }

    /// Checks that there is a zone of that name.
    ///
    /// - Throws: ``Failure``: what there is.
    func check(zone: String, among zones: [String]) throws {
        guard !zones.contains(zone) else { return }
        throw Failure(
            .usage,
            "site \(site) has no zone \"\(zone)\"; " + Words.proposal(for: zone, among: zones, noun: "zones"))
    }
}
