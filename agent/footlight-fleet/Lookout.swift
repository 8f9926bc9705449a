internal import Fleet
internal import MQTT
internal import Mesh
internal import Platform
internal import Synchronization

/// Looks for nodes at the other brokers of the list, beside the loop, which never waits for it.
///
/// A node is asked, and counts by its answer: what a broker keeps of it proves nothing, and on bridged brokers the same
/// words stand everywhere.
final class Lookout: Sendable {
    /// How long a broker may take to be reached, and nodes there to answer.
    private static let patience = Duration.seconds(3)

    private let site: String
    private let done = Mutex<[FleetEvent]>([])
    /// Signals that a look is over.
    let news = WakeUp()

    init(site: String) { self.site = site }

    /// The looks that are over, once.
    func take() -> [FleetEvent] {
        news.clear()
        return done.withLock { done in
            defer { done = [] }
            return done
        }
    }

    /// Begins a look; `configuration`: how the brokers are reached.
    func look(for nodes: [String], by configuration: MQTTConfiguration, at brokers: [BrokerAddress]) {
        Task.detached { [self] in
            let found = await withTaskGroup(of: (BrokerAddress, Set<String>).self) { group in
                for broker in brokers {
                    var configuration = configuration
                    configuration.addresses = [broker]
                    configuration.connectTimeout = Lookout.patience
                    group.addTask { [configuration] in
                        (broker, await self.answering(of: nodes, by: configuration))
                    }
                }
                return await group.reduce(into: [String: String]()) { found, one in
                    for node in one.1 { found[node] = found[node] ?? one.0.place.description }
                }
            }
            done.withLock { $0.append(.looked(for: nodes, found: found)) }
            news.signal()
        }
    }

    private func answering(of nodes: [String], by configuration: MQTTConfiguration) async -> Set<String> {
        let id = "look-\(UInt64.random(in: .min ... .max))"
        let result = try? await MQTTClient.withClient(configuration) { client in
            try await client.connected(within: Lookout.patience)
            let messages = try await client.messages(nodes.map { Topic.result(node: $0).name(site: self.site) })
            for node in nodes {
                let action = MQTTMessage(
                    topic: Topic.action(node: node).name(site: self.site),
                    payload: JSON.encode(ActionMessage(action: "report", id: id)))
                try await client.publish(action)
            }
            return await self.answers(messages, to: id, of: nodes.count)
        }
        return result ?? []
    }

    /// Who answered in time.
    private func answers(_ messages: MQTTMessages, to id: String, of count: Int) async -> Set<String> {
        await withTaskGroup(of: Set<String>?.self) { group in
            group.addTask { [site] in
                var heard: Set<String> = []
                // Where the broker goes away, who has answered has.
                while heard.count < count, let message = try? await messages.first(where: { _ in true }) {
                    guard case .result(let node) = Topic(name: message.topic, site: site),
                        let answer = try? JSON.decode(ResultMessage.self, from: message.payload), answer.id == id
                    else { continue }
                    heard.insert(node)
                }
                return heard
            }
            group.addTask {
                try? await Task.sleep(for: Lookout.patience)
                return nil
            }
            // At the time's end the reader is cancelled, and says whom it has heard.
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            return await group.next().flatMap { $0 } ?? []
        }
    }
}
