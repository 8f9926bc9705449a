extension MigrationPlan {
    /// The longest time for which something that spans zones stands in a single one, in seconds: counted from the states,
    /// whatever the order. During a step, the zones carry that do so before and after it.
    public var secondsInOneZone: Int {
        var seconds = 0
        var before = from
        for step in steps {
            if Self.isThin(before, step.state, from, to) { seconds += Int(step.duration.longest.inSeconds) }
            before = step.state
        }
        return seconds
    }

    /// The longest time for which a database that has a synchronous standby is without, in seconds.
    public var secondsWithoutStandby: Int {
        var seconds = 0
        var before = from
        for step in steps {
            let isAlone = from.databaseInstances.contains { database in
                database.multiAZ
                    && [before, step.state].contains { $0[database.reference]?.multiAZ == false }
            }
            if isAlone { seconds += Int(step.duration.longest.inSeconds) }
            before = step.state
        }
        return seconds
    }

    private static func isThin(_ before: Topology, _ after: Topology, _ from: Topology, _ to: Topology) -> Bool {
        func spanning(_ topology: Topology) -> [String: Set<AvailabilityZone>] {
            let all =
                topology.loadBalancers.map { ($0.name, $0.subnets) }
                + topology.autoScalingGroups.map { ($0.name, $0.subnets) }
                + topology.interfaceEndpoints.map { ($0.name, $0.subnets) }
            return Dictionary(
                all.map { ($0, Set(topology.zones(of: $1))) }, uniquingKeysWith: { first, _ in first })
        }
        let (first, last, now, next) = (spanning(from), spanning(to), spanning(before), spanning(after))
        return first.contains { name, zones in
            guard let old = now[name], let new = next[name], zones.count > 1 || (last[name]?.count ?? 0) > 1 else {
                return false
            }
            return old.intersection(new).count < 2
        }
    }
}
