internal import Documents
internal import Lighting
internal import MQTT
internal import Mesh

/// Something that a node is asked to do, once.
struct NodeOrder: Sendable {
    /// After how long it is too late: longer than we wait, and no longer than a person would be surprised by.
    private static let lifetime = Duration.seconds(10)

    let action: String
    let node: String
    let sensor: String?
    let time: Duration?

    /// Gives the order, and says so when the node has done it.
    ///
    /// - Throws: ``Failure``, `MQTTError`.
    func give(to options: SiteOptions, saying sentence: String) async throws {
        guard Name.isValid(node) else {
            throw Failure(.usage, "\"\(node)\" is no name of a node: names are \(Name.rule)")
        }
        try await options.withSite { session in
            let snapshot = try await session.snapshot()
            try await session.warningOfSplit(snapshot.presence) {
                guard let status = snapshot.presence[node] else {
                    let nodes = snapshot.presence.all.keys
                    throw Failure(
                        .usage,
                        "site \(session.site) has no node \"\(node)\"; "
                            + Words.proposal(for: node, among: Array(nodes), noun: "nodes"))
                }
                let id = SiteSession.newID()
                let message = ActionMessage(
                    action: action, id: id, expires: (MeshInstant.now + NodeOrder.lifetime).nanoseconds, sensor: sensor,
                    seconds: time?.seconds)
                let question = MQTTMessage(
                    topic: Topic.action(node: node).name(site: session.site), payload: JSON.encode(message),
                    expirySeconds: UInt32(NodeOrder.lifetime.components.seconds))
                // Restarted, a node no longer knows that it was asked.
                let topic = Topic.result(node: node).name(site: session.site)
                let answer = try await session.ask(question, resends: action != "restart", on: [topic]) {
                    guard let result = try? JSON.decode(ResultMessage.self, from: $0.payload), result.id == id else {
                        return ResultMessage?.none
                    }
                    return result
                }
                guard let answer else { throw unanswered(status) }
                guard answer.done else {
                    throw Failure(.notSo, "\(node) says: \(answer.error ?? "not done, and not why")")
                }
                Screen.show("\(sentence)")
            }
        }
    }

    private func unanswered(_ status: NodeStatus) -> Failure {
        let within = "did not answer within \(SiteSession.patience.text)"
        if status.state == .online {
            return Failure(
                .unavailable,
                "\(node) \(within), although it is said to be online; see the log of its agent "
                    + "(journalctl -u footlight-agent@\(node))")
        }
        return Failure(.unavailable, "\(node) \(within): it is \(status.state.rawValue); start footlight-agent on it")
    }
}
