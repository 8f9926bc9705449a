/// Makes the steps of a migration: zone by zone what lives there leaves, its subnets are re-cut, and it returns.
struct MigrationPlanner {
    let from: Topology
    let to: Topology
    var current: Topology
    var placements: [DatabasePlacement]
    var steps: [MigrationStep] = []
    /// The zones where what spans zones has its new subnets.
    var renewed: Set<AvailabilityZone> = []
    /// Zones that have only what an application load balancer needs, for the time being.
    var footholds: Set<AvailabilityZone> = []
    /// Zones whose subnets are at temporary blocks, in use, until others are out of the way.
    var parked: Set<AvailabilityZone> = []
    /// What users have left: subnets, by name.
    var left: Set<String> = []
    /// How often each loss is played through, and what came of it.
    let trials: Int
    var played: [Played: Double] = [:]

    init(from: Topology, to: Topology, trials: Int) {
        self.trials = trials
        self.from = from
        self.to = to
        current = from
        placements = DatabasePlacement.assumed(in: from)
    }

    mutating func plan() throws(MigrationRefusal) {
        try checkMovable()
        try recutAll(databases: false)
        try spread()
        try recutAll(databases: true)
        try settle()
    }

    // MARK: What changes

    /// The subnets of database subnet groups.
    var databaseSubnets: Set<String> {
        Set((from.databaseSubnetGroups + to.databaseSubnetGroups).flatMap(\.subnets).map(\.name))
    }

    /// The subnets of a zone, of databases or of everything else, that have another block in the end than now.
    func items(in zone: AvailabilityZone, databases: Bool) -> [RecutSchedule.Item] {
        let chosen = databaseSubnets
        var seen: Set<String> = []
        return (current.subnets + to.subnets).compactMap { subnet in
            guard subnet.zone == zone, chosen.contains(subnet.name) == databases, seen.insert(subnet.name).inserted
            else { return nil }
            let now = current[subnet.reference]?.network
            let final = to[subnet.reference]?.network
            return now == final ? nil : RecutSchedule.Item(name: subnet.name, current: now, final: final)
        }
    }

    /// The zones, those that stand first.
    var zones: [AvailabilityZone] {
        let old = Set(from.subnets.compactMap(\.zone)).sorted()
        return old + Set(to.subnets.compactMap(\.zone)).subtracting(old).sorted()
    }

    /// How the zone's subnets get to their final blocks from where all stand now; nil for not at all.
    func schedule(_ items: [RecutSchedule.Item]) -> RecutSchedule? {
        let names = Set(items.map(\.name))
        guard let vpc = current.vpcs.first?.network else { return nil }
        return RecutSchedule(
            items, beside: current.subnets.filter { !names.contains($0.name) }.compactMap(\.network), in: vpc,
            sparing: to.subnets.compactMap(\.network))
    }

    private mutating func recutAll(databases: Bool) throws(MigrationRefusal) {
        while true {
            let pending = zones.map { (zone: $0, items: items(in: $0, databases: databases)) }
                .filter { !$0.items.isEmpty }
            if pending.isEmpty { return }
            if let ready = pending.first(where: { schedule($0.items) != nil }), let schedule = schedule(ready.items) {
                try recut(ready.zone, ready.items, schedule, databases: databases, isFinal: true)
                continue
            }
            let wanted = pending.flatMap(\.items)
            let parkable = pending.filter { !parked.contains($0.zone) }
                .map { (zone: $0.zone, blocks: parkingBlocks($0.items, wanted: wanted)) }
            guard let stuck = parkable.first(where: { !$0.blocks.isEmpty && schedule($0.blocks) != nil }),
                let schedule = schedule(stuck.blocks)
            else { throw noSpareRange(wanted.first { $0.current != nil && $0.final != nil } ?? wanted.first) }
            parked.insert(stuck.zone)
            try recut(stuck.zone, stuck.blocks, schedule, databases: databases, isFinal: false)
        }
    }

    /// Temporary blocks for those of a zone's subnets that are in the way of others or of themselves; none where there is
    /// no room for all of them.
    private func parkingBlocks(
        _ items: [RecutSchedule.Item], wanted: [RecutSchedule.Item]
    ) -> [RecutSchedule.Item] {
        var taken = (current.subnets + to.subnets).compactMap(\.network)
        var parked: [RecutSchedule.Item] = []
        for item in items {
            guard let now = item.current, let final = item.final, let vpc = current.vpcs.first?.network,
                wanted.contains(where: { $0.final?.overlaps(now) ?? false })
            else { continue }
            guard
                let spare = RecutSchedule.temporary(
                    final.prefix, insteadOf: now.prefix, in: vpc, avoiding: taken, [])
            else { return [] }
            taken.append(spare)
            parked.append(RecutSchedule.Item(name: item.name, current: now, final: spare))
        }
        return parked
    }

    func noSpareRange(_ item: RecutSchedule.Item?) -> MigrationRefusal {
        MigrationRefusal(
            .noSpareRange, item?.name ?? "VPC",
            "no spare addresses for a temporary range on the way from \(item?.current?.description ?? "nothing") to "
                + "\(item?.final?.description ?? "nothing")",
            "free a block that neither topology uses, or add a secondary block to the VPC")
    }

    private mutating func recut(
        _ zone: AvailabilityZone, _ items: [RecutSchedule.Item], _ schedule: RecutSchedule, databases: Bool,
        isFinal: Bool
    ) throws(MigrationRefusal) {
        if databases {
            try recutDatabases(zone, items, schedule, isFinal: isFinal)
        } else {
            try recutOthers(zone, items, isFinal: isFinal)
        }
    }

    /// Where all that spans zones is to be in the end, in one update.
    private mutating func spread() throws(MigrationRefusal) {
        renewed = Set(zones)
        left = []
        footholds = []
        let next = placingUsers(current)
        guard next != current else { return }
        let zones = next.zones(of: next.loadBalancers.flatMap(\.subnets) + next.autoScalingGroups.flatMap(\.subnets))
        try update(
            to: next, "\(moving(to: next, "spread", "spreads")) over zones \(Self.list(zones).uppercasedLetters)",
            "From now on the loss of one zone leaves \(max(0, zones.count - 1)).", kind: .users(joining: true))
    }

    /// Whatever else differs.
    mutating func settle() throws(MigrationRefusal) {
        let rest = StackUpdate(from: current, to: to, placements: placements)
        if !rest.changes.isEmpty {
            let names = rest.changes.prefix(4).map(\.name).joined(separator: ", ")
            try update(
                to: to, "The rest: \(names)\(rest.changes.count > 4 ? ", …" : "")",
                "What the migration of the subnets didn't touch becomes as the new topology has it.", kind: .rest)
        }
        current = to
        if !steps.isEmpty { steps[steps.count - 1].state = to }
    }

    static func list(_ zones: [AvailabilityZone]) -> String {
        let names = zones.map(\.letter)
        return names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }
}
