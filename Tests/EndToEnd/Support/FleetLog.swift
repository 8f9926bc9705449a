import Fleet
import Mesh

/// All that a broker carried of a site, with when it came.
struct FleetLog: Sendable {
    struct Entry: Sendable {
        /// Nanoseconds of the monotonic clock.
        var instant: Int64
        /// Below the site: `fleet/node/stair-01`.
        var topic: String
        var payload: [UInt8]
    }

    private(set) var entries: [Entry] = []
    private(set) var latest: [String: [UInt8]] = [:]

    mutating func add(_ entry: Entry) {
        entries.append(entry)
        latest[entry.topic] = entry.payload
    }

    /// The latest message of a topic.
    func last<Message: Decodable>(_ topic: String, as type: Message.Type = Message.self) -> Message? {
        latest[topic].flatMap { try? JSON.decode(type, from: $0) }
    }

    /// All messages of a topic since an instant.
    func all<Message: Decodable>(
        _ topic: String, since: Int64 = .min, as type: Message.Type = Message.self
    ) -> [(instant: Int64, message: Message)] {
        entries.compactMap { entry in
            guard entry.topic == topic, entry.instant >= since else { return nil }
            return (try? JSON.decode(type, from: entry.payload)).map { (entry.instant, $0) }
        }
    }

    func node(_ name: String) -> NodeMessage? { last("fleet/node/\(name)") }
    var group: GroupMessage? { last("fleet/group/stairs") }
    func agent(_ id: String) -> AgentClaim? { last("fleet/agent/\(id)") }

    /// When a node was first said to be so, since an instant.
    func instant(of node: String, is status: HealthStatus, since: Int64) -> Int64? {
        all("fleet/node/\(node)", since: since, as: NodeMessage.self).first { $0.message.healthStatus == status }?
            .instant
    }

    /// The activities as they were told, each in one line.
    func activities(since: Int64 = .min) -> [Activity] {
        all("fleet/activity", since: since, as: Activity.self).map(\.message)
    }
}
