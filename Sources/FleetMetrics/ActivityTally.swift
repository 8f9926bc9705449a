internal import Fleet
public import Lighting

/// The number of activities that have ended, by how they did. Groups' records keep the last few only: who counts has to
/// look at them often enough.
public struct ActivityTally: Sendable {
    /// What is counted by.
    struct Key: Hashable, Sendable {
        var zone: String
        var kind: Activity.Kind
        var status: Activity.Status
    }

    private let since: Int64
    private(set) var counts: [Key: Int] = [:]
    /// Those of the records as they were last seen that are counted.
    private var counted: [String: Set<String>] = [:]

    /// Counts those that end after `start`: others were there before.
    public init(since start: MeshInstant) { since = start.nanoseconds }

    /// Counts what has ended since it was last called.
    mutating func count(_ groups: [String: GroupMessage]) {
        for (zone, group) in groups {
            let ended = group.activities.filter { !$0.isOpen && $0.ended ?? 0 > since }
            for activity in ended where counted[zone]?.contains(activity.id) != true {
                counts[Key(zone: zone, kind: activity.kind, status: activity.status), default: 0] += 1
            }
            counted[zone] = Set(ended.map(\.id))
        }
        counted = counted.filter { groups[$0.key] != nil }
        counts = counts.filter { groups[$0.key.zone] != nil }
    }
}
