/// The filters that a node subscribes to, each for as long as something needs it. What has changed is found without looking
/// at all: a node may be in a thousand zones.
struct FilterNeeds: Sendable {
    private var needs: [String: Int] = [:]
    /// Those of which the connection has been told.
    private(set) var told: Set<String> = []
    /// Those that may have changed since.
    private var touched: Set<String> = []
    /// The topics among them on which something has come since.
    private var heard: Set<String> = []
    /// Those that the connection is to be told of again.
    private var renewed: Set<String> = []

    /// Whether the connection has been told of a filter.
    func isTold(_ filter: String) -> Bool { told.contains(filter) }

    /// Whether the connection has been told all.
    var isTold: Bool { touched.isEmpty }

    /// Whether something needs a filter.
    func isNeeded(_ filter: String) -> Bool { needs[filter] != nil }

    /// Something has come on a topic.
    mutating func hear(_ topic: String) { if told.contains(topic) { heard.insert(topic) } }

    /// There is a new session with the broker, which sends all that it keeps.
    mutating func begin() {
        heard = []
        renewed = []
    }

    /// Something new needs what has come on a topic before: a broker sends what it keeps to whoever subscribes again
    /// (MQTT 3.1.1, 3.8.4). Where nothing has come yet, it will, if there is anything.
    mutating func renew(_ topic: String) {
        guard heard.remove(topic) != nil else { return }
        renewed.insert(topic)
        touched.insert(topic)
    }

    /// Something needs these, and no more those.
    mutating func replace(_ old: [String], with new: [String]) {
        guard old != new else { return }
        for filter in new {
            needs[filter, default: 0] += 1
            touched.insert(filter)
        }
        for filter in old {
            let left = (needs[filter] ?? 0) - 1
            needs[filter] = left > 0 ? left : nil
            touched.insert(filter)
        }
    }

    /// What the connection is to be told, in order.
    mutating func news() -> (more: [String], fewer: [String]) {
        var (more, fewer): ([String], [String]) = ([], [])
        for filter in touched {
            if needs[filter] != nil {
                if told.insert(filter).inserted || renewed.contains(filter) { more.append(filter) }
            } else if told.remove(filter) != nil {
                heard.remove(filter)
                fewer.append(filter)
            }
        }
        renewed.removeAll(keepingCapacity: true)
        touched.removeAll(keepingCapacity: true)
        return (more.sorted(), fewer.sorted())
    }
}

extension Dictionary {
    /// All indices, to change values at. ``indices`` itself would hold the storage, and the first change copy it.
    var positions: [Index] { Array(indices) }
}
