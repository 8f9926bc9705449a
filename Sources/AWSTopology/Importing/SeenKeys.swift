internal import Synchronization

/// Which properties of a resource have been looked at: a class, for looking changes nothing that is looked at.
final class SeenKeys: Sendable {
    private let keys = Mutex<Set<String>>([])

    func note(_ key: String) { keys.withLock { _ = $0.insert(key) } }

    /// What nobody looked at, by resource: of types that something is made of, and whose properties are looked at one by
    /// one.
    static func unread(_ resources: [ImportedResource], others: [OtherResource]) -> [String: [String]] {
        let others = Set(others.map(\.name))
        var unread: [String: [String]] = [:]
        for resource in resources {
            guard let seen = resource.seen, !others.contains(resource.name), !whole.contains(resource.type) else {
                continue
            }
            let known = seen.keys.withLock { $0 }
            let left = resource.properties.entries.map(\.key).filter { !known.contains($0) && $0 != "Tags" }
            if !left.isEmpty { unread[resource.name] = left }
        }
        return unread
    }

    /// Types whose properties are looked at as a whole.
    private static let whole: Set<String> = [
        "AWS::EC2::Instance", "AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration",
    ]
}
