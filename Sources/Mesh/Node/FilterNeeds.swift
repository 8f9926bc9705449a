/// The filters that a node subscribes to, each for as long as something needs it. What has changed is found without looking
/// at all: a node may be in a thousand zones.
struct FilterNeeds: Sendable {
    private var needs: [String: Int] = [:]
    /// Those of which the connection has been told.
    private(set) var told: Set<String> = []
    /// Those that may have changed since.
    private var touched: Set<String> = []

    /// Whether the connection has been told of a filter.
    func isTold(_ filter: String) -> Bool { told.contains(filter) }

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
                if told.insert(filter).inserted { more.append(filter) }
            } else if told.remove(filter) != nil {
                fewer.append(filter)
            }
        }
        touched.removeAll(keepingCapacity: true)
        return (more.sorted(), fewer.sorted())
    }
}

extension Dictionary {
    /// All indices, to change values at. ``indices`` itself would hold the storage, and the first change copy it.
    var positions: [Index] { Array(indices) }
}
