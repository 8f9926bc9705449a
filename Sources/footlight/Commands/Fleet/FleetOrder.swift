internal import Documents
internal import Fleet
internal import MQTT
internal import Mesh

/// Something that the fleet agent that leads is asked to do.
struct FleetOrder: Sendable {
    /// What; it gets an id of its own.
    let command: FleetCommand

    init(_ command: FleetCommand.Kind, node: String? = nil, zone: String? = nil) {
        self.init(FleetCommand(command, id: SiteSession.newID(), node: node, zone: zone))
    }

    init(_ command: FleetCommand) { self.command = command }

    /// Gives the order, and says `sentence` when it is accepted.
    ///
    /// - Throws: ``Failure``, `MQTTError`.
    func give(to options: SiteOptions, saying sentence: String) async throws {
        try await options.withSite { session in
            try await give(session)
            Screen.show("\(sentence)")
        }
    }

    /// Gives the order, and returns when it is accepted.
    ///
    /// - Throws: ``Failure``: nobody answers, or why it was refused; `MQTTError`.
    func give(_ session: SiteSession) async throws {
        let state = try await session.fleetState()
        if let zone = command.zone { try session.check(zone: zone, among: Array(state.zones.keys)) }
        if let node = command.node, state.presence[node] == nil, state.nodes[node] == nil {
            let nodes = Set(state.presence.all.keys).union(state.nodes.keys)
            throw Failure(
                .usage,
                "site \(session.site) has no node \"\(node)\"; "
                    + Words.proposal(for: node, among: nodes, noun: "nodes"))
        }
        let id = command.id
        let question = MQTTMessage(
            topic: FleetTopic.command.name(site: session.site), payload: JSON.encode(command), expirySeconds: 10)
        let topic = FleetTopic.result.name(site: session.site)
        let answer = try await session.ask(question, resends: true, on: [topic]) { message in
            guard let result = try? JSON.decode(ResultMessage.self, from: message.payload), result.id == id else {
                return ResultMessage?.none
            }
            return result
        }
        guard let answer else { throw unanswered(state) }
        guard answer.done else {
            throw Failure(.notSo, "the fleet agent says: \(answer.error ?? "not done, and not why")")
        }
    }

    private func unanswered(_ state: FleetState) -> Failure {
        let within = "within \(SiteSession.patience.text)"
        guard let leader = state.leader else {
            return Failure(
                .unavailable,
                "no fleet agent of site \(state.site) answered \(within): none leads; start footlight-fleet "
                    + "(docs/fleet.md), or see its log (journalctl -u footlight-fleet)")
        }
        return Failure(
            .unavailable,
            "fleet agent \(leader.id) did not answer \(within), although it is said to lead; see its log "
                + "(journalctl -u footlight-fleet)")
    }
}
