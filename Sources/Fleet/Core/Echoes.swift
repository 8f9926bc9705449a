/// What this agent has written and not yet heard: a record that comes otherwise is somebody else's, whatever its stamp.
///
/// On one broker only the leader writes in its term; two that a bridge joins may hand back what another wrote in the same.
struct Echoes: Sendable {
    /// How many are awaited of one topic at most; where none comes back nothing is to grow.
    private static let limit = 16
    private var awaited: [String: [Stamp]] = [:]

    /// It was published just now.
    mutating func sent(_ stamp: Stamp, of topic: String) {
        awaited[topic, default: []].append(stamp)
        if awaited[topic, default: []].count > Echoes.limit { awaited[topic]?.removeFirst() }
    }

    /// Takes what came, and all that was sent before it, off the list.
    ///
    /// - Returns: whether it was awaited.
    mutating func take(_ stamp: Stamp, of topic: String) -> Bool {
        guard let index = awaited[topic]?.firstIndex(of: stamp) else { return false }
        awaited[topic]?.removeFirst(index + 1)
        if awaited[topic]?.isEmpty == true { awaited[topic] = nil }
        return true
    }

    /// The connection is gone: what comes after it comes from what the broker keeps.
    mutating func clear() { awaited = [:] }
}
