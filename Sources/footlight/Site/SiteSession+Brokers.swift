internal import MQTT
internal import Mesh

extension SiteSession {
    /// How long another broker of the list may take to be reached.
    private static let otherBrokerPatience = Duration.seconds(2)

    /// What is the matter with the brokers, a sentence each: that ours keeps nothing for wildcards, and that nodes are on
    /// another of the list. Others are asked at once; one that doesn't answer has nobody.
    ///
    /// - Parameter here: who is at ours.
    func brokerProblems(_ here: Presence) async -> [String] {
        let lack = await BrokerLack.shared.told
        return lack + (await split(here).map { [$0] } ?? [])
    }

    /// That nodes are on other brokers of the list than ours; nil: none is.
    private func split(_ here: Presence) async -> String? {
        let others = client.configuration.addresses.filter { $0 != broker }
        guard !others.isEmpty else { return nil }
        let found = await withTaskGroup(of: (BrokerAddress, [String]).self) { group in
            for other in others {
                group.addTask { (other, here.nodesElsewhere(in: await self.presence(at: other))) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let parts = others.compactMap { other in
            let nodes = found[other] ?? []
            return nodes.isEmpty ? nil : "\(SiteSession.names(nodes)) on \(other.place)"
        }
        guard !parts.isEmpty else { return nil }
        let absent = Set(found.values.joined())
        let present = here.all.filter { $0.value.state != .offline && !absent.contains($0.key) }.keys.sorted()
        let rest = present.isEmpty ? "nobody" : SiteSession.names(present)
        return
            "part of the mesh is on another broker: \(parts.joined(separator: ", ")), and \(rest) on \(broker.place); what is "
            + "said on one isn't heard on the other. Nodes go back to the first of their list that lasts, within a minute; "
            + "the log of one that stays says why"
    }

    /// Another broker of the list at which a node is, and not at ours; nil: none.
    func otherBroker(of node: String, unlike here: Presence) async -> String? {
        for other in client.configuration.addresses where other != broker {
            if here.nodesElsewhere(in: await presence(at: other)).contains(node) { return "\(other.place)" }
        }
        return nil
    }

    private func presence(at other: BrokerAddress) async -> Presence {
        var configuration = client.configuration
        configuration.addresses = [other]
        configuration.clientID += "-other"
        configuration.connectTimeout = SiteSession.otherBrokerPatience
        var presence = Presence()
        let messages = try? await MQTTClient.withClient(configuration) { client in
            try await client.connected(within: SiteSession.otherBrokerPatience)
            return try await client.retained([Topic.status(node: "+").name(site: self.site)])
        }
        for message in messages ?? [] {
            guard case .status(let node) = Topic(name: message.topic, site: site) else { continue }
            presence.update(try? JSON.decode(NodeStatus.self, from: message.payload).checked(), of: node)
        }
        return presence
    }

    /// `a, b, c and 5 more`
    private static func names(_ nodes: [String]) -> String {
        let shown = nodes.prefix(4).joined(separator: ", ")
        return nodes.count > 4 ? "\(shown) and \(nodes.count - 4) more" : shown
    }
}
