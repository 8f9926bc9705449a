/// The parts of a topology that the simulation goes by: its groups and databases, where they may lie, how they are
/// watched.
public struct OutageModel: Sendable, Hashable {
    /// A group of instances that are replaced by themselves.
    public struct Group: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The number of instances that it means to have.
        public var instances: Int
        /// The zones that it spans.
        public var zones: [AvailabilityZone]
        /// The load balancer's check of its instances; nil where none does, or Auto Scaling doesn't heed it.
        public var healthCheck: HealthCheck?
        /// The time for which a new instance may be unhealthy.
        public var gracePeriod = Duration.zero
        /// The time until a new instance counts in full.
        public var warmup = Duration.zero
        /// The number of instance types that it may choose from.
        public var instanceTypes = 1
    }

    /// A database.
    public struct Database: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The zones of its subnet group; a single-zone database's own, where that is known.
        public var zones: [AvailabilityZone]
        /// True if it has a synchronous standby.
        public var multiAZ: Bool
    }

    /// The zones.
    public var zones: [AvailabilityZone]
    /// The groups.
    public var groups: [Group]
    /// The databases.
    public var databases: [Database]

    /// The model of a topology. Lone instances aren't in it, for nobody replaces them.
    public init(_ topology: Topology) {
        zones = topology.zones.isEmpty ? Set(topology.subnets.compactMap(\.zone)).sorted() : topology.zones
        groups = topology.autoScalingGroups.map { group in
            let target = group.targetGroups.lazy.compactMap { topology[$0] }.first
            let classic = group.classicLoadBalancers.lazy.compactMap { topology[$0]?.classicHealthCheck }.first
            let types = group.mixedInstances?.instanceTypes.count ?? 1
            return Group(
                name: group.name, instances: topology.workingSize(of: group), zones: topology.zones(of: group.subnets),
                healthCheck: group.healthCheckType == .elb ? target?.healthCheck ?? classic : nil,
                gracePeriod: group.healthCheckGracePeriod ?? .zero, warmup: group.defaultInstanceWarmup ?? .zero,
                instanceTypes: max(1, types))
        }
        databases = topology.databaseInstances.map { database in
            let spanned = topology.zones(of: database.subnetGroup.flatMap { topology[$0]?.subnets } ?? [])
            let own = database.multiAZ ? nil : database.zone
            return Database(name: database.name, zones: own.map { [$0] } ?? spanned, multiAZ: database.multiAZ)
        }
    }

    /// The same groups and databases, all of them over `count` zones, so that two can be seen beside three.
    public func spread(overZones count: Int) -> OutageModel {
        var model = self
        let region = zones.first.map { String($0.name.dropLast()) } ?? ""
        let letters = "abcdef".prefix(count).map { AvailabilityZone(region + String($0)) }
        model.zones = letters
        for index in groups.indices { model.groups[index].zones = letters }
        for index in databases.indices { model.databases[index].zones = letters }
        return model
    }
}

extension Topology {
    /// How many instances a group has in service hours: what it says, or what its schedule wakes it to.
    func workingSize(of group: AutoScalingGroup) -> Int {
        let scheduled = scheduledActions(of: group).compactMap(\.desiredCapacity).max() ?? 0
        return max(group.desiredCapacity ?? group.minSize ?? 0, scheduled)
    }
}
