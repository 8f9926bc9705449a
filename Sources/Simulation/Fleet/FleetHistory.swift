internal import Fleet

/// What became of everything that fleet agents began, by what the broker was told; and what was under way as leaders were
/// killed.
struct FleetHistory: Sendable {
    /// By group and name, as last told; once it has ended, as it ended.
    private(set) var activities: [String: Activity] = [:]
    private(set) var refreshes: [String: (zone: String, refresh: RefreshMessage)] = [:]
    /// What is under way.
    private(set) var open: Set<String> = []
    /// What was under way at each kill of a leader.
    private(set) var kills: [Set<String>] = []
    /// Whether a kill is to come.
    var isKillDue = false

    /// By zone, of the record in force.
    private var stamps: [String: Stamp] = [:]

    mutating func observe(_ group: GroupMessage, of zone: String) {
        // A former leader's word that came after its follower's never was in force.
        guard group.stamp >= stamps[zone] ?? group.stamp else { return }
        stamps[zone] = group.stamp
        for activity in group.activities where activities["\(zone) \(activity.id)"]?.isOpen != false {
            let name = "\(zone) \(activity.id)"
            activities[name] = activity
            if activity.isOpen { open.insert(name) } else { open.remove(name) }
        }
        guard let refresh = group.refresh else { return }
        let name = "\(zone) \(refresh.id)"
        refreshes[name] = (zone, refresh)
        if refresh.isOpen { open.insert(name) } else { open.remove(name) }
    }

    mutating func killed() { kills.append(open) }
}
