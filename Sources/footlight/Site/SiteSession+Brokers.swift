internal import MQTT
internal import Mesh

extension SiteSession {
    /// How long another broker of the list may take to be reached, and to say what it keeps.
    private static let otherBrokerPatience = Duration.seconds(2)
    /// The same where that is not what was asked for: whoever switches a light on is not to wait for a broker that is off.
    private static let besidePatience = Duration.milliseconds(500)

    /// What is the matter with the brokers, a sentence each: that ours keeps nothing for wildcards, and that nodes are on
    /// another of the list. Others are asked at once; one that doesn't answer has nobody.
    ///
    /// - Parameter here: who is at ours.
    func brokerProblems(_ here: Presence) async -> [String] {
        let lack = await BrokerLack.shared.told
        return lack + (await split(here, within: SiteSession.otherBrokerPatience).map { [$0] } ?? [])
    }

    /// Does something for the site, and looks meanwhile whether part of it is on another broker, which hears nothing of it: if
    /// so, that is said too, also where it fails.
    func warningOfSplit<Result>(
        _ here: Presence, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async throws -> Result {
        async let split = splitBeside(here)
        do {
            let result = try await body()
            if let split = await split { StandardError.warn("\(split)") }
            return result
        } catch {
            if let split = await split { StandardError.warn("\(split)") }
            throw error
        }
    }

    /// That nodes are on other brokers of the list than ours, for who has asked for something else; nil: none is.
    func splitBeside(_ here: Presence) async -> String? { await split(here, within: SiteSession.besidePatience) }

    private func split(_ here: Presence, within limit: Duration) async -> String? {
        let others = client.configuration.addresses.filter { $0 != broker }
        guard !others.isEmpty else { return nil }
        let found = await withTaskGroup(of: (BrokerAddress, [String]).self) { group in
            for other in others {
                group.addTask { (other, here.nodesElsewhere(in: await self.presence(at: other, within: limit))) }
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
            if here.nodesElsewhere(in: await presence(at: other, within: SiteSession.otherBrokerPatience)).contains(
                node)
            {
                return "\(other.place)"
            }
        }
        return nil
    }

    private func presence(at other: BrokerAddress, within limit: Duration) async -> Presence {
        var configuration = client.configuration
        configuration.addresses = [other]
        configuration.clientID += "-other"
        configuration.connectTimeout = limit
        var presence = Presence()
        let messages = try? await MQTTClient.withClient(configuration) { client in
            try await client.connected(within: limit)
            return try await client.retained(
                [Topic.status(node: "+").name(site: self.site)], within: SiteSession.otherBrokerPatience)
        }
        for message in messages ?? [] {
            guard case .status(let node) = Topic(name: message.topic, site: site) else { continue }
            presence.update(try? JSON.decode(NodeStatus.self, from: message.payload), of: node)
        }
        return presence
    }

    /// `a, b, c and 5 more`
    private static func names(_ nodes: [String]) -> String {
        let shown = nodes.prefix(4).joined(separator: ", ")
        return nodes.count > 4 ? "\(shown) and \(nodes.count - 4) more" : shown
    }
}
